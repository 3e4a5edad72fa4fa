"""Files made for people: sheets, pictures, calendars."""
