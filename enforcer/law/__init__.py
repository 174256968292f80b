"""The law floor: pure functions over dated, cited data. No database, no clock, no window."""
