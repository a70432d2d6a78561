"""What is wrong in an authored YAML file and how to mend it: codes of `simulator.source.diagnostics.Diagnostic`.

Each code has its page in `docs/diagnostics/`. A diagnostic whose args hold a `suggestion` gets «¿Quiso decir …?»
appended by `simulator.source.diagnostics.message`; it needs no place for it here.
"""

from __future__ import annotations

from typing import Final

DIAGNOSTICS: Final[dict[str, str]] = {
    # The file as a whole
    "yaml-too-large": "The file has {size} KiB and at most {limit} KiB are read. Divide it into several files.",
    "yaml-binary": "This is not a text file: it contains bytes that no text has. Check that it is the right file.",
    "yaml-not-utf8": "The file is not saved as UTF-8 (found here: {found}). Save it again with the encoding UTF-8.",
    "yaml-control-character": "The invisible character {character} is not allowed in the file. Delete it.",
    "yaml-empty": "The file says nothing: it is empty or has only comments.",
    "yaml-several-documents": "A second document begins here, after a line «---» or «...». Keep one document per file.",
    "yaml-directive": "A line cannot begin with «%» (YAML takes it for a directive). Delete it or put it in quotes.",
    "yaml-too-deep": "More than {limit} levels inside one another. Simplify the structure.",
    "yaml-too-many-values": "The file has more than {limit} values. Divide it into several files.",
    "yaml-more": "And {count} more of the kind ({kind}).",
    # Anchors, aliases, tags, keys
    "yaml-alias-expansion": (
        "Written out, the repetitions with «*» would give more than {limit} values. Write out what is needed instead."
    ),
    "yaml-alias-cycle": "«*{name}» stands inside what it repeats, so it would never end. Write the value out.",
    "yaml-alias-unknown": (
        "«*{name}» repeats a value marked «&{name}», and there is none before. If it is text, put it in quotes."
    ),
    "yaml-anchor-duplicate": "The mark «&{name}» is used already in line {line}. Give this one another name.",
    "yaml-anchor-unused": (
        "«&{name}» is not read as text, it marks a value to be repeated, and nothing repeats it. "
        "If it is text, put it in quotes; otherwise delete the mark."
    ),
    "yaml-tag": "«{tag}» is taken for a YAML tag, and tags are not used here. If it is text, put it in quotes.",
    "yaml-merge-key": "The merge key «<<» is not used here. Write the keys out.",
    "yaml-key-not-text": "A key must be a text, not a list or a mapping. If braces or brackets are meant, use quotes.",
    "yaml-duplicate-key": "The key «{key}» is written twice (the first is in line {line}). Join both or rename one.",
    # Syntax
    "yaml-forbidden-start": "A value cannot begin with «{mark}» here. If it is text, put it in quotes.",
    "yaml-colon-in-text": (
        "This text has a second «: », which YAML reads as one more key. Put the whole text in quotes."
    ),
    "yaml-colon-without-space": "After «{key}:» there must be a space.",
    "yaml-key-without-colon": (
        "A colon is missing: this line should say «key: value». "
        "If it continues the text above, indent it under that text."
    ),
    "yaml-dash-in-text": (
        "A list cannot begin on the line of its key. Put the dash on the next line, or the text in quotes."
    ),
    "yaml-text-after-quote": (
        "There is text after the closing quote. Put the whole value in quotes, of the kind that it does not contain."
    ),
    "yaml-unclosed-quote": "The quote {quote} that opens here is not closed. Close it at the end of the text.",
    "yaml-stray-quote": "The text ends with a quote that was not opened. Open it at the beginning, or delete it.",
    "yaml-unknown-escape": (
        "Inside double quotes, «{escape}» is not a sign that YAML knows. Use single quotes, or write two backslashes."
    ),
    "yaml-unclosed-bracket": (
        "The «{mark}» that opens here is not closed, or a comma is missing inside. If it is text, put it in quotes."
    ),
    "yaml-comma-missing": (
        "A comma is missing before this: within «{mark}» items are separated by commas. If it is text, it needs quotes."
    ),
    "yaml-indentation": (
        "This line is not aligned with the ones it belongs to. Give the same number of spaces to all keys or dashes "
        "of one block, and more to what is inside."
    ),
    "yaml-syntax": "From here on the file cannot be read as YAML ({problem}). Check this line and the one before.",
    # Characters that look like others
    "yaml-tab": "The line is indented with a tab. Use spaces.",
    "yaml-odd-space": "Here is a space that is not the ordinary one ({character}). Write it again with the space bar.",
    "yaml-odd-colon": "«{mark}» looks like a colon and is not. Write «: » instead.",
    "yaml-odd-dash": "«{mark}» does not make a list. If this is an item, begin it with a hyphen: «- ».",
    "yaml-curly-quotes": (
        "The quotes «{mark}» are letters for YAML and stay in the text. Use straight quotes: \" or '."
    ),
    "yaml-invisible": "«{word}» contains an invisible character ({character}). Write it again.",
    # Text that YAML reads otherwise than its author
    "yaml-comment-in-text": (
        "From « #» on this is a comment and is not read: «{lost}». If it is text, put the whole value in quotes; "
        "if it is a comment, leave two spaces before «#»."
    ),
    "yaml-sentence-mapping": (
        "Because of «: » this is read as the key «{key}» with a value, not as a sentence. "
        "If it is a sentence, put it in quotes."
    ),
    "yaml-sentence-split": (
        "The commas split this sentence into {count} items. If it is one sentence, put it in quotes."
    ),
    "yaml-key-alone": "Inside braces «{key}» is a key without a value. If it is text, put the whole value in quotes.",
    "yaml-null-text": "«{text}» is read as those very letters, not as «nothing». Leave the value out or use quotes.",
    "yaml-boolean-text": (
        "«{text}» is read here as written; other tools take it for true or false. "
        "Put it in quotes if it is text; write true or false if it is not."
    ),
    "yaml-number-text": (
        "«{text}» is read here as written; other tools take it for another number. Put it in quotes to be safe."
    ),
}
