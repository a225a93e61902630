"""Under which names imports of this room and the long work on them are kept."""

REGISTER = "intake.register"
READING = "intake.read"
APPLYING = "intake.apply"
