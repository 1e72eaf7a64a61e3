"""From an untrusted file to text with positions, and from text to proposed facts.

The flow, package by package: `sandbox` tells what a file is and reads it in a process of its own,
with the reader of its format (`formats`, `pdf`, `ocr`); `assembly` makes one text of the lines;
`wording` cuts it into sections, or `forms` into the items of an application form; `person`,
`languages` and `work` propose facts; `profile` puts them together. `lists` and `letters` do the
same for lists of people and for letters of authorities. Only `pipeline` and `batches` open a
session. Importing this package loads no parser; `reading` is the way in.
"""
