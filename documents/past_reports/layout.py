"""What the template and its reader agree on."""

GUIDE = "Hướng dẫn"
"""Title of the sheet that explains the others."""
UNIT, NOTE = "Đơn vị", "Ghi chú"
MARK = "thidua "
"""Beginning of the hidden first cell, before the key of the period."""
