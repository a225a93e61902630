"""Every write to leads: opened, proposed, decided, concluded, closed; who may know of them.

Each locks the organisation first, since closing may touch duties; asks in its own right whether
who acts may; appends a step to the lead's course and an event to the log.
"""
