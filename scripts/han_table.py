#!/usr/bin/env python3
"""Writes Sources/EvAnalysis/Languages/HanTable.swift from the rules of the ICU that is installed.

    scripts/han_table.py [FILE]

ICU's transliterators Traditional-Simplified and Simplified-Traditional are lists of rules `from > to`.
Reading them takes some 16 ms at each start of a program, so their pairs are kept as text. A test holds
the table against ICU.
"""
import ctypes
import ctypes.util
import os
import re
import subprocess
import sys

major = subprocess.check_output(["pkg-config", "--modversion", "icu-i18n"], text=True).split(".")[0]
icu = ctypes.CDLL(f"libicui18n.so.{major}")


def rules(name):
    """The pairs of a transliterator, in ICU's order."""
    status = ctypes.c_int(0)
    units = name.encode("utf-16-le") + b"\0\0"
    opened = getattr(icu, f"utrans_openU_{major}")
    opened.restype = ctypes.c_void_p
    handle = opened(units, -1, 0, None, 0, None, ctypes.byref(status))
    assert status.value <= 0, status.value
    buffer = ctypes.create_string_buffer(1 << 20)
    convert = getattr(icu, f"utrans_toRules_{major}")
    convert.argtypes = [ctypes.c_void_p, ctypes.c_int8, ctypes.c_char_p, ctypes.c_int32, ctypes.c_void_p]
    count = convert(handle, 0, buffer, 1 << 19, ctypes.byref(status))
    assert status.value <= 0, status.value
    for rule in buffer.raw[: 2 * count].decode("utf-16-le").split(";"):
        if " > " in rule:
            yield rule.strip().split(" > ")


def tables(name):
    """The characters, the words, and the words behind a numeral of a transliterator."""
    plain, contexts = {}, []
    for source, target in rules(name):
        if "{" in source:
            contexts.append((source, target))
        else:
            # What the table can say is plain text of the same length.
            assert len(source) == len(target) and not set(source + target) & set("}[]|$'\\ "), source
            # Which the reader of the table relies on.
            assert all(len(letter.encode()) == 3 for letter in source + target), source
            plain.setdefault(source, target)
    behind = {}
    for source, target in contexts:
        before, word, after = re.fullmatch(r"(?:\[(.*)\])?\{(.*)\}(.*)", source).groups()
        # What follows and is not changed by the rule is taken with it.
        for letter in after.strip("[]") or [""]:
            pair = (word + letter, target + plain.get(letter, letter))
            if before:
                numerals.add(before)
                behind[pair[0]] = pair[1]
            else:
                plain[pair[0]] = pair[1]
    single = sorted(a + b for a, b in plain.items() if len(a) == 1 and a != b)
    words = sorted(a + b for a, b in plain.items() if len(a) > 1)
    return single, words, sorted(a + b for a, b in behind.items())


def literal(name, purpose, text, separator):
    """A string of Swift, in lines of at most 92 characters."""
    lines, line = [], ""
    for piece in text:
        if len(line) + len(piece) + len(separator) > 92:
            lines.append(line)
            line = ""
        line += piece + separator
    lines.append(line)
    body = "".join(f"    {line}\\\n" for line in lines)
    return f'  /// {purpose}\n  static let {name} = """\n{body}\n    """\n'


path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(
    os.path.dirname(__file__), "../Sources/EvAnalysis/Languages/HanTable.swift")
parts, numerals = [], set()
for name, kind in [
    ("Traditional-Simplified", "simplified"),
    ("Simplified-Traditional", "traditional"),
]:
    single, words, behind = tables(name)
    space = f"each with its {kind} form, and a space"
    parts.append(literal(f"{kind}Characters", f"Characters, each with its {kind} form.", single, ""))
    parts.append(literal(f"{kind}Words", f"Words that are not written as their parts: {space}.", words, " "))
    parts.append(literal(f"{kind}Counted", f"Words that are written so behind a numeral: {space}.", behind, " "))
assert len(numerals) == 1, numerals
parts.append(literal("numerals", "The numerals.", sorted(numerals.pop()), ""))
with open(path, "w", encoding="utf-8") as file:
    file.write(
        f"// Made by scripts/han_table.py from the rules of ICU {major}; not to be edited.\n\n"
        "/// Which Chinese characters stand for which in the other kind of writing.\nenum HanTable {\n"
        + "\n".join(parts) + "}\n")
print(f"{os.path.getsize(path)} bytes")
