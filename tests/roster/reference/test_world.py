from roster.reference.countries import is_country
from roster.reference.outlining import HEIGHT, WIDTH, project, simplify
from roster.reference.world import outline, outlines, size


def test_every_outline_is_a_country_inside_the_map() -> None:
    width, height = size()
    assert len(outlines()) > 200
    for one in outlines():
        assert is_country(one.code)
        assert one.path.startswith("M")
        assert 0 <= one.at[0] <= width
        assert 0 <= one.at[1] <= height


def test_small_states_are_marked() -> None:
    malta, france = outline("MT"), outline("FR")
    assert malta is not None
    assert malta.is_small
    assert france is not None
    assert not france.is_small
    assert outline("XX") is None


def test_the_middle_of_the_world_is_the_middle_of_the_map() -> None:
    assert project(0, 0) == (WIDTH / 2, HEIGHT / 2)
    assert project(0, 60)[1] < project(0, 0)[1]
    assert project(60, 0)[0] > project(0, 0)[0]


def test_a_straight_line_keeps_its_ends_only() -> None:
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0)]
    assert simplify(line, 0.5) == [line[0], line[2]]
    assert simplify(line, 0.001) == line


def test_no_outline_runs_across_the_whole_map() -> None:
    for one in outlines():
        points = [float(pair.split()[0]) for pair in one.path[1:-1].split("Z")[0].split("L")]
        steps = [abs(points[i] - points[i - 1]) for i in range(1, len(points))]
        assert max(steps, default=0) < WIDTH / 4, one.code
