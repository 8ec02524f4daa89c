"""The twenty digits: their check digit, how they are read, and what is kept of them."""

import pytest

from reviews import receipts


def test_every_wrong_digit_and_every_swap_is_caught() -> None:
    for _round in range(100):
        code = receipts.new_code()
        for place in range(20):
            for digit in "0123456789":
                if digit != code[place]:
                    with pytest.raises(receipts.CodeFormatError):
                        receipts.read_code(code[:place] + digit + code[place + 1 :])
        for place in range(19):
            if code[place] != code[place + 1]:
                swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
                with pytest.raises(receipts.CodeFormatError):
                    receipts.read_code(swapped)


@pytest.mark.parametrize("zero", "0०٠۰০௦๐០၀０")
def test_a_code_is_read_in_any_digits_with_spaces_and_dashes(zero: str) -> None:
    code = receipts.new_code()
    written = "".join(chr(ord(zero) + int(digit)) for digit in code)

    spaced = "\u200e" + " - ".join(written[i : i + 4] for i in range(0, 20, 4)) + "\u200f"

    assert receipts.read_code(spaced) == code


def test_codes_have_twenty_digits_in_five_groups_and_own_numerals() -> None:
    code = receipts.new_code()

    assert len(code) == 20
    assert "".join(receipts.groups(code)) == code
    assert len(receipts.groups(code, "ne")) == 5
    assert receipts.read_code("".join(receipts.groups(code, "ar"))) == code


def test_the_digits_of_codes_are_even() -> None:
    counts = dict.fromkeys("0123456789", 0)
    for _round in range(20_000):
        for digit in receipts.new_code():
            counts[digit] += 1

    chi_square = sum((count - 40_000) ** 2 / 40_000 for count in counts.values())

    assert chi_square < 40  # 9 degrees of freedom: once in 100 000 runs


def test_the_hash_is_the_same_for_a_code_and_shows_nothing_of_it(settings) -> None:
    code = receipts.new_code()
    first = receipts.hash_code(code)

    assert len(first) == 32
    assert receipts.hash_code(code) == first
    settings.RECEIPT_PEPPER = "another pepper"
    assert receipts.hash_code(code) != first
