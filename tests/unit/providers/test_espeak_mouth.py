"""From sounds to mouth shapes."""

import pytest

from vivavoce.providers.espeak.mouth import shapes_of


@pytest.mark.parametrize(
    ("sound", "shapes"),
    [
        ("", ("sil",)),
        ("h", ()),
        ("m", ("PP",)),
        ("tʃ", ("CH",)),
        ("ˈɪɹ", ("I", "RR")),
        ("oʊ", ("O", "U")),
        ("iː", ("I",)),
        ("θ", ("TH",)),
        ("ɡ", ("kk",)),
        ("☃", ()),
    ],
)
def test_a_sound_goes_through_its_shapes(sound: str, shapes: tuple[str, ...]) -> None:
    assert shapes_of(sound) == shapes
