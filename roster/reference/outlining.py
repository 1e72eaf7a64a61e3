"""Makes data/world.json.gz from the TopoJSON of `world-atlas`: paths in Equal Earth projection.

Run it as `python -m roster.reference.outlining countries-50m.json`; the product only reads the
result.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from pathlib import Path
from typing import cast

from roster.reference.countries import codes, numeric_of

WIDTH = 960
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2
_HALF_WIDTH = 2.7064
_HALF_HEIGHT = 1.3174
HEIGHT = round(WIDTH * _HALF_HEIGHT / _HALF_WIDTH)
_TOLERANCE = 0.5
_SMALLEST = 1.0
_DOT = 3.0
_JUMP = 180.0
_WITHOUT_ID = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
_LEFT_OUT = frozenset({"AQ"})
_SOURCE = (
    "Natural Earth 1:50m (public domain), as packed in world-atlas 2 (ISC), simplified; 2026-11"
)

Point = tuple[float, float]


def project(longitude: float, latitude: float) -> Point:
    """Return the place of a point of the globe on a map of `WIDTH` by `HEIGHT` units.

    Parameters
    ----------
    longitude, latitude : degrees, east and north positive

    Returns
    -------
    point : x to the right, y down, in Equal Earth projection
    """
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    a1, a2, a3, a4 = _A
    t2 = theta * theta
    t6 = t2**3
    slope = a1 + 3 * a2 * t2 + t6 * (7 * a3 + 9 * a4 * t2)
    x = math.radians(longitude) * math.cos(theta) / (_M * slope)
    y = theta * (a1 + a2 * t2 + t6 * (a3 + a4 * t2))
    unit = WIDTH / (2 * _HALF_WIDTH)
    return (x * unit + WIDTH / 2, HEIGHT / 2 - y * unit)


def simplify(points: list[Point], tolerance: float) -> list[Point]:
    """Return a line without the points that lie within a tolerance of it (Douglas-Peucker)."""
    keep = {0, len(points) - 1}
    open_spans = [(0, len(points) - 1)]
    while open_spans:
        first, last = open_spans.pop()
        distances = [
            (_off_line(points[i], points[first], points[last]), i) for i in range(first + 1, last)
        ]
        if distances and (worst := max(distances))[0] > tolerance:
            keep.add(worst[1])
            open_spans += [(first, worst[1]), (worst[1], last)]
    return [points[i] for i in sorted(keep)]


def main(source: str) -> None:
    """Read the TopoJSON file and write the outlines beside the other data."""
    topology = cast("dict[str, object]", json.loads(Path(source).read_text(encoding="utf-8")))
    countries = _outlines(topology)
    content = {"source": _SOURCE, "width": WIDTH, "height": HEIGHT, "countries": countries}
    target = Path(__file__).parent / "data" / "world.json.gz"
    raw = json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
    target.write_bytes(gzip.compress(raw, 9, mtime=0))


def _outlines(topology: dict[str, object]) -> dict[str, dict[str, object]]:
    arcs = _arcs(topology)
    by_number = {numeric_of(code): code for code in codes()}
    objects = cast("dict[str, dict[str, list[dict[str, object]]]]", topology["objects"])
    rings: dict[str, list[list[Point]]] = {}
    for shape in objects["countries"]["geometries"]:
        name = cast("dict[str, str]", shape["properties"])["name"]
        code = _WITHOUT_ID.get(name) or by_number.get(cast("str | None", shape.get("id")))
        if code and code not in _LEFT_OUT:
            rings.setdefault(code, []).extend(_rings(shape, arcs))
    return {code: _drawn(of_code) for code, of_code in sorted(rings.items())}


def _arcs(topology: dict[str, object]) -> list[list[Point]]:
    transform = cast("dict[str, list[float]]", topology["transform"])
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    decoded = []
    for arc in cast("list[list[list[int]]]", topology["arcs"]):
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        decoded.append(_thinned(points))
    return decoded


def _thinned(places: list[Point]) -> list[Point]:
    """Return an arc, in degrees, without the points that the map would not show."""
    at = {project(*place): place for place in places}
    return [at[point] for point in _thin([project(*place) for place in places])]


def _thin(points: list[Point]) -> list[Point]:
    """Simplify an arc; a closed one is cut in two so that it stays open to measure."""
    if points[0] != points[-1] or len(points) < 4:
        return simplify(points, _TOLERANCE)
    middle = len(points) // 2
    return simplify(points[: middle + 1], _TOLERANCE)[:-1] + simplify(points[middle:], _TOLERANCE)


def _rings(shape: dict[str, object], arcs: list[list[Point]]) -> list[list[Point]]:
    """Return the outer rings of a shape; holes are left to the countries drawn in them."""
    parts = shape.get("arcs")
    if parts is None:
        return []
    polygons = [parts] if shape["type"] == "Polygon" else parts
    return [
        [project(*place) for place in _cut(_joined(polygon[0], arcs))]
        for polygon in cast("list[list[list[int]]]", polygons)
        if polygon
    ]


def _joined(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _cut(ring: list[Point]) -> list[Point]:
    """Cut a ring that runs over the date line there, on the side where most of it lies."""
    if not any(abs(ring[i][0] - ring[i - 1][0]) > _JUMP for i in range(1, len(ring))):
        return ring
    side = math.copysign(180.0, sum(math.copysign(1.0, longitude) for longitude, _ in ring))
    return [(x if x * side > 0 else side, latitude) for x, latitude in ring]


def _drawn(rings: list[list[Point]]) -> dict[str, object]:
    """Return the path of a country, its middle, and whether it is so small that it needs a dot."""
    largest = max(rings, key=_area)
    kept = [ring for ring in rings if _area(ring) >= _SMALLEST or ring is largest]
    xs, ys = [x for x, _ in largest], [y for _, y in largest]
    middle = [round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)]
    path = "".join(_path(ring) for ring in kept)
    return {"path": path, "at": middle, "small": _area(largest) < _DOT}


def _path(ring: list[Point]) -> str:
    written = [f"{x:.1f} {y:.1f}" for x, y in ring]
    distinct = [one for i, one in enumerate(written) if i == 0 or one != written[i - 1]]
    return "M" + "L".join(distinct) + "Z"


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _off_line(point: Point, first: Point, last: Point) -> float:
    dx, dy = last[0] - first[0], last[1] - first[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return math.hypot(point[0] - first[0], point[1] - first[1])
    return abs(dy * (point[0] - first[0]) - dx * (point[1] - first[1])) / length


if __name__ == "__main__":
    main(sys.argv[1])
