"""Files made for people: workbooks, pictures, calendars."""
