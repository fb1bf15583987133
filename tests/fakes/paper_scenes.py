"""Made-up papers on made-up desks: print, perspective, light, glare, blur and noise, all seeded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import fontpkg_be_vietnam_pro
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from kiosk.adapters.opencv_pages import OpencvPages

Pixels = NDArray[np.uint8]
FONT = fontpkg_be_vietnam_pro.ROOT / "files" / "BeVietnamPro-Regular.ttf"
BOLD = fontpkg_be_vietnam_pro.ROOT / "files" / "BeVietnamPro-Bold.ttf"
Face = tuple[Path, Path]
"""The files of a typeface: plain and bold."""
A4 = (1240, 1754)
BIRTH = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "",
    "# GIẤY XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",
    "",
    "Họ và tên: Nguyễn Thị Thử",
    "Ngày, tháng, năm sinh: 01/02/1990",
    "Số định danh cá nhân: 001190000001",
    "Nơi thường trú: Số 1, thôn Đông, xã Mẫu",
    "Số điện thoại: 0912 000 111",
    "Dân tộc: Kinh. Quốc tịch: Việt Nam",
    "",
    "Giấy này được cấp để bổ sung hồ sơ theo quy định. Người được cấp giấy",
    "chịu trách nhiệm về nội dung đã khai và xuất trình khi được yêu cầu.",
    "Mọi sửa chữa, tẩy xóa đều làm cho giấy này không còn giá trị sử dụng.",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """How a paper was photographed. `tilt`: how far the corners stray, share of the page."""

    size: tuple[int, int] = (1600, 1200)
    fill: float = 0.86
    tilt: float = 0.05
    turn_degrees: float = 4.0
    desk: int = 60
    light: float = 0.86
    shade: float = 0.15
    blur: float = 0.0
    glare: float = 0.0
    noise: float = 4.0
    shift: tuple[float, float] = (0.0, 0.0)
    seed: int = 0


def paper(
    lines: tuple[str, ...] = BIRTH, size: tuple[int, int] = A4, face: Face = (FONT, BOLD)
) -> Pixels:
    """A page of print with a red stamp; a line with `# ` is its title."""
    image = Image.new("RGB", size, (250, 248, 243))
    draw = ImageDraw.Draw(image)
    y = size[1] // 14
    for line in lines:
        title = line.startswith("# ")
        font = ImageFont.truetype(str(face[title]), size[0] // (30 if title else 44))
        text = line.removeprefix("# ")
        width = draw.textlength(text, font=font)
        centred = title or line.startswith(("CỘNG HÒA", "Độc lập"))
        x = (size[0] - width) / 2 if centred else size[0] / 10
        draw.text((x, y), text, font=font, fill=(25, 25, 35))
        y += int(font.size * 1.75)
    if lines:
        box = (size[0] * 0.62, size[1] * 0.72, size[0] * 0.84, size[1] * 0.72 + size[0] * 0.22)
        draw.ellipse(box, outline=(190, 40, 50), width=7)
        draw.ellipse(
            [box[0] + 30, box[1] + 30, box[2] - 30, box[3] - 30], outline=(190, 40, 50), width=4
        )
    return np.asarray(image, np.uint8)


def photographed(page: Pixels, scene: Scene) -> tuple[Pixels, NDArray[np.float64]]:
    """The picture that the camera takes, and where the corners of the page truly are."""
    rng = np.random.default_rng(scene.seed)
    width, height = scene.size
    corners = _corners(page, scene, rng)
    h, w = page.shape[:2]
    there = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    matrix = cv2.getPerspectiveTransform(there, corners.astype(np.float32))
    picture = _desk(scene, rng)
    laid = cv2.warpPerspective(page, matrix, scene.size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.ones((h, w), np.float32), matrix, scene.size)[..., None]
    mixed = picture * (1 - mask) + laid * mask
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    angle = rng.uniform(0, 2 * np.pi)
    mixed *= (
        scene.light
        * (1 + scene.shade * (np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y))
    )[..., None]
    if scene.blur:
        mixed = cv2.GaussianBlur(mixed, (0, 0), scene.blur)
    if scene.glare:
        mixed += _shine(corners, scene, rng)[..., None]
    mixed += scene.noise * rng.standard_normal(mixed.shape, np.float32)
    return np.clip(mixed, 0, 255).astype(np.uint8), corners


def paper_file() -> bytes:
    """A page the way it really comes: photographed, found, straightened, made a file."""
    finder = OpencvPages()
    found = finder.page(photographed(paper(), Scene())[0])
    assert found is not None
    return finder.file(found)


def worst_corner(corners: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """How far the worst corner is off, share of the page's diagonal."""
    off = min(np.linalg.norm(np.roll(corners, n, 0) - truth, axis=1).max() for n in range(4))
    return float(off / np.linalg.norm(truth[0] - truth[2]))


def scenes(count: int, base: Scene) -> list[Scene]:
    """The same scene with other seeds, turns and tilts."""
    rng = np.random.default_rng(7 + base.seed)
    return [
        replace(
            base,
            seed=base.seed + n,
            turn_degrees=float(rng.uniform(-12, 12)),
            tilt=float(rng.uniform(0.0, 0.07)),
            desk=int(rng.integers(30, 120)),
            shade=float(rng.uniform(0, 0.25)),
        )
        for n in range(count)
    ]


def _corners(page: Pixels, scene: Scene, rng: np.random.Generator) -> NDArray[np.float64]:
    width, height = scene.size
    h, w = page.shape[:2]
    scale = scene.fill * min(width / w, height / h)
    half = np.array([w, h]) * scale / 2
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
    square += rng.uniform(-1, 1, (4, 2)) * scene.tilt * half
    turn = np.deg2rad(scene.turn_degrees)
    turned = square @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    middle = np.array([width, height]) * (0.5 + np.array(scene.shift))
    return np.asarray(turned + middle, np.float64)


def _desk(scene: Scene, rng: np.random.Generator) -> NDArray[np.float32]:
    width, height = scene.size
    grain = rng.normal(0, 1, (height // 40 + 1, width // 8 + 1))
    wood = cv2.resize(grain, scene.size, interpolation=cv2.INTER_CUBIC) * 10
    colour = scene.desk * np.array([1.1, 0.95, 0.8])
    return np.asarray(wood[..., None] + colour, np.float32)


def _shine(
    corners: NDArray[np.float64], scene: Scene, rng: np.random.Generator
) -> NDArray[np.float64]:
    """A lamp that reflects in the paper."""
    width, height = scene.size
    weights = rng.dirichlet(np.full(4, 3.0))
    middle = weights @ corners
    x = np.arange(width, dtype=np.float32)[None, :]
    y = np.arange(height, dtype=np.float32)[:, None]
    radius = scene.glare * np.linalg.norm(corners[1] - corners[0])
    far = ((x - middle[0]) ** 2 + ((y - middle[1]) * 1.4) ** 2) / radius**2
    return np.asarray(420 * np.exp(-far), np.float32)
