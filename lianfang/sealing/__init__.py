"""What is sealed in the sender's browser, and opened by who was meant: format 1.

Pure, with libsodium alone. `lianfang/frontend/js/sealing` does the same in a browser; one file of
vectors holds both to the format (docs/reports.md).
"""
