"""Files as openpyxl and XlsxWriter write them: python3 test/corpus/make.py (pip install openpyxl xlsxwriter)."""
import datetime
import pathlib

import openpyxl
import xlsxwriter
from openpyxl.comments import Comment

folder = pathlib.Path(__file__).parent / "files"
day = datetime.date(2023, 2, 17)

for epoch, name in ((openpyxl.utils.datetime.WINDOWS_EPOCH, "1900"), (openpyxl.utils.datetime.MAC_EPOCH, "1904")):
    book = openpyxl.Workbook()
    book.epoch = epoch
    sheet = book.active
    sheet.title = "Fakturor"
    sheet.append(["Kommun", "Datum", "Belopp", "Andel", "Summa"])
    sheet.append(["Tierp", day, 1250.5, 0.85, "=C2*2"])
    sheet.append(["Åre", datetime.datetime(2024, 2, 29), 0.1 + 0.2, 0.125, 4])
    sheet["D2"].number_format = "0%"
    sheet["D3"].number_format = "0.0%"
    sheet["A2"].comment = Comment("Kontrollera", "Anna")
    sheet.merge_cells("A6:C6")
    book.save(folder / f"openpyxl-{name}.xlsx")

book = xlsxwriter.Workbook(folder / "xlsxwriter-delade.xlsx", {"date_1904": True})
sheet = book.add_worksheet("Utfall")
bold = book.add_format({"bold": True})
iso = book.add_format({"num_format": "yyyy-mm-dd"})
tkr = book.add_format({"num_format": '#,##0, "tkr"'})
sheet.write_row(0, 0, ["Kommun", "Datum", "Belopp"])
sheet.write_rich_string(1, 0, "Ti", bold, "erp")
sheet.write_datetime(1, 1, datetime.datetime(2023, 2, 17), iso)
sheet.write_number(1, 2, 1234567, tkr)
sheet.write_string(2, 0, "Åre")
sheet.write_formula(2, 2, "=1+1", None, 2)
sheet.set_row(2, None, None, {"hidden": True})
book.close()
