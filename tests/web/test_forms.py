"""What was typed comes back with the error beside it."""

from roster.errors import FieldError
from web.contexts.parts import Choice, FormField
from web.forms import error_lines, errors_by_field, filled


def test_an_error_finds_the_field_of_its_pointer() -> None:
    errors = (
        FieldError("/languages/0/minimum", "No such level."),
        FieldError("/languages/1", "Twice."),
    )
    assert errors_by_field(errors) == {"languages": "No such level. Twice."}


def test_what_was_typed_is_kept_beside_its_error() -> None:
    field = filled(FormField("title", "Title", value="old"), {"title": ("",)}, {"title": "Needed."})
    assert (field.value, field.error) == ("", "Needed.")
    assert error_lines((field, FormField("x", "X")))[0].href == "#f-title"


def test_a_field_that_was_not_sent_keeps_its_value() -> None:
    assert filled(FormField("title", "Title", value="old"), {}, {}).value == "old"


def test_choices_follow_what_was_chosen() -> None:
    field = FormField("mode", "Mode", "radios", choices=(Choice("a", "A", True), Choice("b", "B")))
    assert [choice.on for choice in filled(field, {"mode": ("b",)}, {}).choices] == [False, True]


def test_a_password_is_never_sent_back() -> None:
    field = filled(FormField("password", "Password", "password"), {"password": ("secret",)}, {})
    assert field.value == ""
