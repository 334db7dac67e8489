"""Control changes as tables of moves: pairs, NRPN, soft takeover, and which kit a program is."""

import dataclasses

import pytest

from driftkit.daemon.inputs.midi.knobs import FULL, Decoder, Takeover, stepped
from driftkit.daemon.inputs.midi.programs import choose
from driftkit.daemon.pads.surfaces import controls
from driftkit.sampler.errors import Error
from driftkit.sampler.spec import find_model, read_spec

CONTROLS = controls(read_spec(find_model("default")))
KICK, STEPS, SOLVER = CONTROLS["kick"], CONTROLS["steps"], CONTROLS["solver"]
START = CONTROLS["inpaint_start_ms"]


def positions(decoder: Decoder, *changes: tuple[int, int]) -> list[tuple[str, float] | None]:
    moves = [decoder.feed(cc, value) for cc, value in changes]
    return [move and (move.source, pytest.approx(move.position, abs=1e-12)) for move in moves]


def test_seven_bits_reach_both_ends() -> None:
    assert positions(Decoder(), (20, 0), (20, 64), (20, 127)) == [("20", 0), ("20", 64 / 127), ("20", 1)]


def test_an_lsb_refines_its_msb_and_a_pair_reaches_both_ends() -> None:
    told = positions(Decoder(), (20, 127), (52, 127), (20, 0), (52, 0), (52, 5))
    assert told[1] == ("20", 1) and told[3] == ("20", 0) and told[4] == ("20", 5 / FULL)


@pytest.mark.parametrize("order", [(20, 52), (52, 20)], ids=["msb first", "lsb first"])
def test_a_pair_reaches_every_position_in_either_order(order: tuple[int, int]) -> None:
    decoder = Decoder()
    for number in (16383, 0, 8191, 8192, 1, 16382, 127, 128, 16383):
        halves = {20: number // 128, 52: number % 128}
        moves = [decoder.feed(cc, halves[cc]) for cc in order]
        assert moves[-1] and moves[-1].position == number / FULL, number


def test_a_pair_whose_lsb_comes_first_never_flickers_back() -> None:
    decoder, last = Decoder(), -1.0
    for number in [*range(0, 16384, 37), 16383]:
        for move in (decoder.feed(48, number % 128), decoder.feed(16, number // 128)):
            if move:
                assert move.position >= last
                last = move.position
    assert last == 1


def test_the_order_of_a_pair_shows_when_another_knob_was_turned_before() -> None:
    decoder = Decoder()
    decoder.feed(52, 9)  # the end of a turn that began before anybody listened
    for number in (1000, 3000, 9000):
        decoder.feed(20, number // 128)
        decoder.feed(52, number % 128)
    decoder.feed(7, 1)
    told = positions(decoder, (20, 127), (52, 0), (20, 127), (52, 127))
    assert told[1] == ("20", 127 * 128 / FULL) and told[3] == ("20", 1)


def test_an_lsb_that_moves_alone_moves_its_knob() -> None:
    for first in ([(20, 64), (52, 0)], [(52, 0), (20, 64)]):
        told = positions(Decoder(), *first, (52, 1), (52, 2), (7, 0), (52, 3))
        assert [told[i] for i in (2, 3, 5)] == [("20", (64 * 128 + low) / FULL) for low in (1, 2, 3)]


def test_nrpn_in_the_other_order_is_the_same() -> None:
    decoder = Decoder()
    told = positions(decoder, (98, 2), (99, 1), (38, 127), (6, 127), (98, 2), (99, 1), (38, 5), (6, 0))
    assert told[3] == ("nrpn 130", 1) and told[7] == ("nrpn 130", 5 / FULL)


def test_a_pair_that_turns_one_way_never_flickers_back() -> None:
    decoder, last = Decoder(), -1.0
    for number in [*range(0, 16384, 37), 16383]:
        for move in (decoder.feed(16, number // 128), decoder.feed(48, number % 128)):
            if move and number > 128:
                assert move.position >= last
                last = move.position
    assert last == 1
    for number in range(16383, 0, -29):
        for move in (decoder.feed(16, number // 128), decoder.feed(48, number % 128)):
            if move:
                assert move.position <= last
                last = move.position


def test_a_knob_that_was_taken_for_a_pair_has_its_ends_again() -> None:
    told = positions(Decoder(), (20, 64), (52, 127), (20, 100), (20, 127))
    assert told[-1] == ("20", 1)


def test_a_high_cc_is_a_knob_of_its_own_where_it_is_mapped() -> None:
    decoder = Decoder()
    assert decoder.feed(52, 127) is None, "the LSB of a knob that nobody has heard"
    assert decoder.feed(52, 127, alone=True).source == "52"
    decoder.feed(20, 3)
    assert decoder.is_half(52) and not decoder.is_half(53)


def test_nrpn_is_set_by_data_entry_until_another_is_chosen() -> None:
    decoder = Decoder()
    assert positions(decoder, (6, 99)) == [None], "nothing is chosen yet"
    told = positions(decoder, (99, 1), (98, 2), (6, 64), (38, 1), (6, 127), (38, 127))
    assert told[2] == ("nrpn 130", 64 / 127) and told[3] == ("nrpn 130", (64 * 128 + 1) / FULL)
    assert told[-1] == ("nrpn 130", 1)
    assert [decoder.feed(96, 0).steps, decoder.feed(97, 0).steps] == [1, -1]
    assert positions(decoder, (101, 0), (100, 0), (6, 5)) == [None] * 3, "data entry of an RPN"
    assert positions(decoder, (99, 0), (98, 12), (6, 127))[-1] == ("nrpn 12", 1)
    assert positions(decoder, (101, 127), (100, 127), (6, 5)) == [None] * 3, "RPN null"
    assert positions(decoder, (99, 127), (98, 127), (6, 5)) == [None] * 3, "NRPN null"


def test_bank_select_is_no_knob() -> None:
    decoder = Decoder()
    assert positions(decoder, (0, 121), (32, 1)) == [None, None]
    assert (decoder.bank_msb, decoder.bank_lsb) == (121, 1)


@pytest.mark.parametrize(
    ("moves", "told"),
    [
        ([0.1, 0.2, 0.3], [0.5, 0.5, 0.5]),  # below the value: nothing
        ([0.9, 0.7], [0.5, 0.5]),  # above it: nothing
        ([0.3, 0.6, 0.7], [0.5, 0.6, 0.7]),  # crossed in a leap, then held
        ([0.8, 0.4, 0.3], [0.5, 0.4, 0.3]),
        ([0.5, 0.9], [0.5, 0.9]),  # reached
        ([0.503, 0.6], [0.503, 0.6]),  # nearer than a step of seven bits
        ([0.9], [0.5]),  # the first that is heard of a knob crosses nothing
    ],
)
def test_a_knob_moves_a_value_once_it_has_crossed_it(moves: list[float], told: list[float]) -> None:
    takeover, value, seen = Takeover(), 0.5, []
    for position in moves:
        value = takeover.move("knob", 1, KICK, value, position)
        seen.append(value)
    assert seen == told


def test_it_has_to_cross_again_when_something_else_moved_the_value() -> None:
    takeover = Takeover()
    assert takeover.move("knob", 1, KICK, 0.5, 0.5) == 0.5
    assert takeover.move("knob", 1, KICK, 0.5, 0.6) == 0.6
    assert takeover.move("knob", 1, KICK, 0.1, 0.7) == 0.1, "OSC or a kit was there"
    assert takeover.move("knob", 1, KICK, 0.1, 0.05) == 0.05


def test_it_has_to_cross_again_on_another_pad_and_back() -> None:
    takeover = Takeover()
    assert takeover.move("knob", 1, KICK, 0.6, 0.6) == 0.6
    assert takeover.move("knob", 2, KICK, 0.1, 0.65) == 0.1
    assert takeover.move("knob", 1, KICK, 0.6, 0.7) == 0.6, "it went from 0.65 to 0.7, away from the value"
    assert takeover.move("knob", 1, KICK, 0.6, 0.55) == 0.55


def test_a_knob_that_went_away_unheard_does_not_hold_the_value() -> None:
    takeover = Takeover()
    assert takeover.move("knob", 1, KICK, 0.6, 0.6) == 0.6
    takeover.rest("knob", 0.9)  # learned or forgotten in between
    assert takeover.move("knob", 1, KICK, 0.6, 0.8) == 0.6
    takeover.move(("port", 0, "20"), 1, KICK, 0.6, 0.6)
    takeover.forget("port")
    assert takeover.move(("port", 0, "20"), 1, KICK, 0.6, 0.9) == 0.6


def test_whole_numbers_and_choices_follow_too() -> None:
    takeover = Takeover()
    seen, value = [], 16
    for step in range(50, 128):
        value = takeover.move("knob", 1, STEPS, value, step / 127)
        seen.append(value)
    assert seen[0] == 16 and seen[-1] == 400 and all(isinstance(v, int) for v in seen)
    assert seen[12:] == sorted(seen[12:]) and len(set(seen)) > 50, "from where the knob has reached the value"
    assert takeover.move("choice", 1, SOLVER, "auto", 0.0) == "auto"
    assert takeover.move("choice", 1, SOLVER, "auto", 1.0) == SOLVER.choices[-1]


def test_a_knob_whose_limits_another_model_moved_has_to_reach_its_value_again() -> None:
    takeover, short = Takeover(), dataclasses.replace(START, hi=START.hi / 2)
    value = takeover.move("knob", 1, START, 300.0, START.to_knob(301.0))
    assert value == pytest.approx(301)
    assert takeover.move("knob", 1, short, value, START.to_knob(310.0)) == value, "there it would be 155"
    assert takeover.move("knob", 1, short, value, short.to_knob(310.0)) == pytest.approx(310)


def test_a_button_acts_on_the_way_up_alone() -> None:
    takeover = Takeover()
    assert [takeover.press("b", p) for p in (1.0, 0.0, 1.0, 1.0, 0.2, 0.4, 0.6, 0.8)] == [
        True, False, True, True, False, False, True, False,
    ]  # fmt: skip


def test_increments_move_by_at_least_one_and_stop_at_the_ends() -> None:
    assert stepped(STEPS, 1, -1) == 1 and stepped(STEPS, 1, 1) == 2 and stepped(STEPS, 400, 1) == 400
    assert stepped(SOLVER, "auto", -1) == "auto" and stepped(SOLVER, "auto", 1) == SOLVER.choices[1]
    assert stepped(KICK, 0.5, 1) == pytest.approx(0.5 + 1 / 127) and stepped(KICK, 1.0, 1) == 1


NAMES = [f"kit{n:03d}" for n in range(300)]


@pytest.mark.parametrize(
    ("program", "msb", "lsb", "kit"),
    [
        (0, None, None, "kit000"),
        (6, None, None, "declared"),  # program 7 as displayed
        (6, 0, 0, "declared"),
        (6, None, 1, "kit134"),  # bank 1: 128 further
        (6, 1, None, "kit134"),
        (6, 1, 0, "kit134"),
        (6, 121, 1, "kit134"),  # the MSB of General MIDI is no bank of kits
        (6, 121, 0, "declared"),
        (6, 1, 2, "kit262"),
    ],
)
def test_a_program_is_a_kit(program: int, msb: int | None, lsb: int | None, kit: str) -> None:
    assert choose(program, msb, lsb, NAMES, {7: "declared"}) == kit


def test_a_program_without_a_kit_is_refused() -> None:
    with pytest.raises(Error, match="program 128 of bank 0 has no kit; there are 3 kits"):
        choose(127, None, None, NAMES[:3], {})
