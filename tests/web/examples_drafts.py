"""A form without a draft and one with a draft of a record that somebody else changed."""

from __future__ import annotations

from dataclasses import replace

from web.contexts.parts import DraftBox, PostButton

LONG = ("Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh " * 4)[:200]
BLANK = DraftBox((("draft_of", "/requests"), ("draft_hand", "1")))
DRAFTED = replace(
    BLANK,
    title="Draft of 23 Nov 2026 14:05, not sent yet.",
    text="Somebody changed what is stored since this form was opened. " * 2,
    button=PostButton("Discard the draft", "/drafts/discard", (("draft_of", "/requests"),)),
    stored=(f"Title: {LONG}", "Countries: empty"),
    is_changed=True,
    is_open=True,
)
