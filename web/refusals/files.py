"""What is refused of files and lists, as forms."""

from __future__ import annotations

from web.wording import marked

FORMATS = (
    marked("No words were found in this file. Send one with text in it."),
    marked(
        "This Word document (DOC) is damaged or older than Word 97, and cannot be read. Open it "
        "in a word processor, save it as DOCX or PDF, and send that."
    ),
    marked(
        "This DOCX file is damaged and cannot be opened. Open it in a word processor, save it "
        "again as DOCX or PDF, and send that."
    ),
    marked("This XML file is not a Europass CV. Export the CV from Europass again, or send a PDF."),
    marked("This Europass file holds no CV. Export the CV itself and send that."),
    marked(
        "This XML file brings definitions of its own, which are never opened. Export the CV "
        "from Europass again, or send a PDF."
    ),
    marked("This XML file is damaged. Export the CV from Europass again, or send a PDF."),
    marked(
        "This XML file is nested or repeats itself far more than a CV does. Export the CV from "
        "Europass again, or send a PDF."
    ),
    marked("This HTML page cannot be read. Save it as PDF from a browser and send that."),
    marked(
        "This JSON file is neither a JSON Resume nor a Europass CV. Send the CV as PDF or DOCX."
    ),
    marked("This JSON file is damaged. Export the CV again, or send it as PDF or DOCX."),
    marked("This ODT file is damaged and cannot be opened. Save it again as ODT, DOCX or PDF."),
    marked("This text file has no words in it. Check it and send it again."),
    marked("This RTF file has no words in it. Check it and send it again."),
    marked(
        "This RTF file is damaged and cannot be read. Open it in a word processor, save it as "
        "DOCX or PDF, and send that."
    ),
    marked(
        "This is an empty form: its labels are there, but nothing is filled in. Send the form "
        "with the expert's answers."
    ),
    marked(
        "This PDF has no text in it. If its letters were turned into outlines, send the file it "
        "was made from, as DOCX or as a PDF with text."
    ),
    marked(
        "This PDF is damaged and cannot be opened; it may have been cut off in sending. Open it "
        "on your side, save or print it as a new PDF, and send that."
    ),
    marked(
        "This PDF is protected by a password, so it cannot be read. Save a copy without the "
        "password and send that."
    ),
    marked(
        "This document is protected by a password, so it cannot be read. Save a copy without "
        "the password and send that."
    ),
    marked(
        "This file is protected by a password, so it cannot be read. Save a copy without the "
        "password and send that."
    ),
    marked("This file is empty. Check the file on your side and send it again."),
    marked(
        "This file is damaged: it starts as an office document but cannot be unpacked. It may "
        "have been cut off in sending. Open it on your side, save it and send it again."
    ),
    marked("There is no reader for %(text)s files yet. Save the file as PDF or DOCX."),
    marked(
        "This file is a list with one person a row, not a CV. Load it as a list of experts, or "
        "send each CV as PDF, DOCX, ODT or Europass XML."
    ),
)
"""What is refused of a file because of what it is, or of its state."""
UNKNOWN = (
    marked(
        "This is not a document that can be read here. Send the CV as PDF, DOCX, DOC, ODT, RTF, "
        "plain text, Europass XML or a scan (PNG, JPEG, TIFF)."
    ),
    marked(
        "This is not a document that can be read here although its name ends in .%(ending)s. "
        "Send the CV as PDF, DOCX, DOC, ODT, RTF, plain text, Europass XML or a scan (PNG, "
        "JPEG, TIFF)."
    ),
    marked(
        "This is a file of Apple's Pages, Numbers or Keynote, which cannot be read here. Open "
        "it there, choose Export to PDF or Word, and send that."
    ),
    marked("This is a presentation, not a CV. Save it as PDF and send that."),
    marked(
        "This archive is neither a DOCX nor an ODT document. Unpack it and send the CV itself, "
        "one file at a time."
    ),
    marked("This file holds nothing but blanks. Check it on your side and send it again."),
    marked(
        "This is an e-mail message of Outlook, not a CV. Open it, save the CV attached to it, "
        "and send that file."
    ),
    marked(
        "This is an e-mail message or a web page saved as one, not a CV. Open it, save the CV "
        "attached to it (or save the page as PDF), and send that file."
    ),
    marked(
        "This is an old Office file (before 2007) that is not a Word document. Open it, save it "
        "as DOCX or PDF and send that."
    ),
    marked(
        "This is a HEIC or AVIF picture, as telephones take them, which cannot be read here. "
        "Save it as JPEG or PDF and send that; a file with text is better still."
    ),
    marked("This is a PostScript file. Save it as PDF and send that."),
    marked(
        "This is a picture of a kind that cannot be read here. Save it as PNG, JPEG or PDF, or "
        "send the file the picture was made from."
    ),
)
"""What `roster.ingest.sandbox.unreadable` says of a file that no reader takes."""
TOO_LARGE = (
    marked(
        "This file has %(size)s MB; %(most)s MB is the most that can be read. Leave out "
        "pictures and certificates, or send the CV alone."
    ),
    marked(
        "This file has more than %(most)s MB. A CV without pictures is far smaller: save it "
        "without them and upload again."
    ),
    marked("This file is larger than %(most)s MB."),
    marked("More than %(most)s MB were sent at once. Send fewer files at a time."),
    marked(
        "This file unpacks to far more than a CV holds, so it was not opened. Save it again "
        "from the program it was written in, without embedded files."
    ),
    marked(
        "This file has %(count)s pages; %(most)s is the most that is read. Send the CV alone, "
        "without annexes."
    ),
    marked(
        "This PDF has %(count)s pages; %(most)s is the most that is read. Send the CV alone, "
        "without annexes."
    ),
    marked(
        "Reading this file takes more memory than is allowed, so it was stopped. Leave out "
        "pictures, or print it to a new PDF and send that."
    ),
    marked(
        "Reading this file took more time or memory than is allowed, so it was stopped. Open it "
        "on your side, print or save it as a new PDF or DOCX, and send that."
    ),
    marked(
        "This file is damaged or unusual, and reading it failed, so it was stopped. Open it on "
        "your side, print or save it as a new PDF or DOCX, and send that."
    ),
    marked(
        "Reading this file failed, and it was our mistake. Send it as a new PDF or DOCX, or "
        "tell your administrator."
    ),
)
"""Files of too many bytes or pages, and those that take too much to read."""
PICTURES = (
    marked(
        "No words were recognised in this picture. Scan the page upright, in black on white and "
        "with 300 dots per inch, or send the file it was made from."
    ),
    marked(
        "This PDF is a picture of pages, and no words could be recognised in it. Scan it again, "
        "upright and with 300 dots per inch, or send the file it was made from."
    ),
    marked(
        "This file is a picture of a page. Reading it needs the program tesseract, which is "
        "missing here; whoever runs this server can add it: %(text)s ('roster doctor' names all "
        "it needs). Until then send the file the picture was made from."
    ),
    marked("There is no page %(number)s in this file; it has %(count)s."),
    marked("There is no picture of this page: a file of this kind has no pages."),
    marked(
        "There is no picture of this page: a file of this kind has no pages. The text beside it "
        "is what was read."
    ),
    marked("This page cannot be shown: the file is damaged. The text beside it is what was read."),
    marked(
        "This picture has %(number)s x %(count)s pixels, more than can be opened. Scan the page "
        "with 300 dots per inch and send that."
    ),
    marked(
        "This picture is damaged and cannot be opened; it may have been cut off in sending. "
        "Save it again and send that."
    ),
)
"""Pictures, scans, and the pages shown beside what was read."""
UPLOADS = (
    marked("Choose at least one file."),
    marked("This file is empty. Save it again and upload the new copy."),
    marked("This file is protected by a password in its archive. Send it without one."),
    marked("This file is damaged in its archive. Send the file itself."),
    marked("This is an archive in an archive, which is not opened. Send it by itself."),
    marked(
        "This is a list with one person a row, not a CV. Send it by itself: its columns are "
        "asked for."
    ),
    marked("The same file stands earlier in this upload."),
    marked("The same row stands earlier in this list."),
    marked("This file is no longer kept. Send it again."),
    marked("This list is no longer kept. Send it again."),
    marked(
        "More than %(most)s files were sent. Send them in parts; a file that is here already is "
        "not taken twice."
    ),
    marked(
        "Unpacked, this is more than the %(most)s MB that are taken in one go. Send it in parts."
    ),
    marked("This archive holds more than %(most)s entries. Send it in parts."),
    marked(
        "This archive unpacks to far more than CVs hold, so it was not opened. Send the files "
        "themselves, in parts."
    ),
    marked(
        "This archive is damaged and cannot be opened. Make it again, or send the files themselves."
    ),
    marked("This archive holds no file."),
    marked("A CV is confirmed beside its text. Open it and confirm what was read."),
    marked("This document was removed while it was being read."),
    marked("The original of this document is no longer kept. Upload it again."),
    marked("This reading was removed."),
)
"""Archives, uploads of many files, and documents that wait or are gone."""
LISTS = (
    marked("This list holds no row. Check the file on your side and send it again."),
    marked(
        "This spreadsheet is protected by a password, so it cannot be read. Save a copy without "
        "the password and send that."
    ),
    marked("This spreadsheet is damaged and cannot be opened. Save it again as XLSX or CSV."),
    marked("This list has more than %(most)s rows. Send it in parts."),
    marked(
        "This list has more than %(most)s columns. Leave out those that say nothing about "
        "people and send it again."
    ),
    marked(
        "This CSV file is damaged: a quotation mark is opened and never closed, or a line is "
        "far too long. Open it in a spreadsheet program, save it as XLSX and send that."
    ),
    marked(
        "This file is no list: a list is a spreadsheet (XLSX, XLS, ODS) or a CSV file with one "
        "person a row under a row of headings."
    ),
    marked(
        "No row of headings with people under it was found in this list. Put headings such as "
        "Surname, First name, E-mail, Languages into one row and a person into each row below."
    ),
    marked("This list could not be read. Save it again as XLSX or CSV and send that."),
    marked("A sheet of this list holds more than %(most)s rows. Send it in parts."),
    marked("Row %(number)s of this sheet holds nothing, or nothing stands under it."),
    marked("Give the row in which the headings stand."),
    marked("This list has no such sheet."),
    marked("Give the name of a sheet of this list."),
    marked("The columns do not fit together: correct them."),
    marked("There is no such column."),
    marked("Say which column holds the name."),
    marked("Column %(text)s holds this already."),
    marked("Column %(number)s cannot hold %(text)s: there is no such field."),
    marked("Give a field such as full_name, or language:fr."),
)
"""Lists with one person a row, and what their columns hold."""
EXCHANGES = (
    marked("This file is no table. Send CSV, XLSX or JSON."),
    marked("This table could not be read. Save it anew as XLSX or CSV."),
    marked(
        "No table of requests, Actions or activities was found in this file. The first row "
        "holds the headings: Code and Title for requests, Code and Name for Actions, Action and "
        "Number for activities."
    ),
    marked(
        "Row %(number)s, column %(text)s: the cell is too long for a sheet. Send this record as "
        "JSON."
    ),
    marked("This is no JSON: %(text)s."),
    marked(
        "This JSON holds no exchange. Give an object with the lists requests, actions, activities."
    ),
    marked("“%(text)s” has to be a list of objects."),
    marked("actions, %(number)s: “activities” has to be a list of objects."),
    marked("requests, %(number)s: the field “%(text)s” is not known. Known are: %(list)s."),
    marked("actions, %(number)s: the field “%(text)s” is not known. Known are: %(list)s."),
    marked("activities, %(number)s: the field “%(text)s” is not known. Known are: %(list)s."),
    marked("More than %(most)s rows. Send them in several files."),
)
"""Files of an exchange: tables and JSON of requests, Actions and activities."""
OF_FILES = FORMATS + UNKNOWN + TOO_LARGE + PICTURES + UPLOADS + LISTS + EXCHANGES
