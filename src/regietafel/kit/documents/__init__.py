"""What people hand on: reports as DOCX and PDF, tables as XLSX and CSV, calendars as iCal."""
