"""A small proof of work: what a flood of reports or guesses costs, and a person does not notice.

BLAKE2b-256 over the server's challenge, what the work is for, and a number begins with so many zero
bits. The work is bound to one report or one receipt, so that it serves for nothing else.
"""

import hashlib
from itertools import count

BITS = 15


def zero_bits(challenge: str, purpose: str, number: int) -> int:
    """Return with how many zero bits the digest begins."""
    told = f"{challenge}/{purpose}/{number}".encode()
    digest = int.from_bytes(hashlib.blake2b(told, digest_size=32).digest(), "big")
    return 256 - digest.bit_length()


def is_done(challenge: str, purpose: str, number: int, *, bits: int = BITS) -> bool:
    """Return whether the number is worth so many bits."""
    return zero_bits(challenge, purpose, number) >= bits


def find(challenge: str, purpose: str, *, bits: int = BITS) -> int:
    """Return the first number that will do; 2 to the power of `bits` tries on average."""
    return next(number for number in count() if is_done(challenge, purpose, number, bits=bits))
