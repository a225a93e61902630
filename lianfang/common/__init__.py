"""What every room may use and none owns: refusals and bilingual text. No domain words."""
