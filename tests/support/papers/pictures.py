"""Pictures of pages, drawn when they are needed: sharp, blurred, blank, small, turned, huge."""

import base64
import io
import random
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

import documents

_FONT = Path(documents.__file__).parent / "charts" / "fonts" / "NotoSans-Regular.ttf"
_WORDS = (
    "Ủy ban",
    "nhân dân",
    "phường",
    "báo cáo",
    "thành tích",
    "thu ngân sách",
    "12,5 tỷ đồng",
    "102 %",
    "giảm nghèo",
)
_DESK = (110, 85, 60)


@cache
def page(kind: str = "dense", *, height: int = 1500) -> Image.Image:
    """Return a page: of dense text, a few lines, large letters, small print, or blank."""
    dice, point = random.Random(kind), height / 842
    picture = Image.new("RGB", (round(height / 1.414), height), (252, 252, 250))
    size, lines = {"dense": (12, 36), "few": (12, 4), "large": (40, 6), "small": (8, 55), "blank": (12, 0)}[kind]
    font, draw = ImageFont.truetype(_FONT, round(size * point)), ImageDraw.Draw(picture)
    for row in range(lines):
        words = " ".join(dice.choices(_WORDS, k=round(90 / size)))
        draw.text((85 * point, (60 + row * size * 1.65) * point), words, font=font, fill=(30, 30, 35))
    return picture


def on_desk(picture: Image.Image) -> Image.Image:
    """Return the page lying a little askew on a brown desk."""
    wide, high = (round(side * 1.15) for side in picture.size)
    desk = Image.new("RGB", (wide, high), _DESK)
    desk.paste(picture, ((wide - picture.width) // 2, (high - picture.height) // 2))
    return desk.rotate(1.5, resample=Image.Resampling.BICUBIC, fillcolor=_DESK)


def blurred(picture: Image.Image, radius: float) -> Image.Image:
    """Return the picture out of focus; `radius` in pixels of a picture with a long side of 1,200."""
    return picture.filter(ImageFilter.GaussianBlur(radius * max(picture.size) / 1200))


def noisy(picture: Image.Image, strength: float, *, light: float = 1.0) -> Image.Image:
    grain = Image.effect_noise(picture.size, strength)
    darker = picture.point(lambda value: round(value * light))
    return Image.merge("RGB", [ImageChops.add(band, grain, 1, -128) for band in darker.split()])


def photo(picture: Image.Image, *, side: int = 1280, kind: str = "JPEG", turned: int = 1) -> bytes:
    """Return the picture's file, its long side scaled to `side` pixels; `turned` is the orientation in its EXIF."""
    queued, scale = io.BytesIO(), side / max(picture.size)
    exif = Image.Exif()
    exif[0x0112] = turned
    scaled = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS)
    scaled.save(queued, kind, quality=80, exif=exif)
    return queued.getvalue()


def ruled(shade: int = 250) -> Image.Image:
    """Return a small page of black bars in grey; the last pixel has the given shade."""
    picture = Image.new("L", (640, 960), 250)
    draw = ImageDraw.Draw(picture)
    for top in range(80, 880, 40):
        draw.rectangle((60, top, 560, top + 9), fill=30)
    picture.putpixel((639, 959), shade)
    return picture


def saved(picture: Image.Image, kind: str) -> bytes:
    queued = io.BytesIO()
    picture.save(queued, kind)
    return queued.getvalue()


def scanned(*pictures: Image.Image) -> bytes:
    """Return a PDF with each picture as a page."""
    queued, (first, *others) = io.BytesIO(), pictures
    first.save(queued, "PDF", save_all=True, append_images=others, resolution=150)
    return queued.getvalue()


def heic() -> bytes:
    """Return the page of black bars as an iPhone stores photos; it was encoded once, as encoders are large."""
    return base64.b85decode(_HEIC)


_HEIC = (
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<00042ZDn*}000000000XXk=`10000000000aA{+700000000000000000000B57=IV*mgE07O6l"
    "0RRC200001dH?|c0000000eme001LtX>Mi!000000RR916=`l}WdZ;I000310BCk&F#rGn01j|zbZr0t000010002iX>f9I0002DX>en20001Z"
    "Xm(>m0RwOV0058x00000UGM<>{rLC*01pFT0096PKmiN^|NjGU00093kN^M!00093UAh85VE_RDD?$MQ18@KU0|1Z!00RI30{~s11p)x@S#G3~"
    "n&#jkpum6t01SWt00RJoVgLaE2SfqEa<F1R0000JV{dG7ZewhC0096E00w{n000zeb8uw<0000000Mvj00Y1P000nhX?SS>000032nYxO000+h"
    "aBX1#00000000310R({p0|Wp71c7a2VRQfh1a&9@uNfY4_w8tbl8qcMaL%5>_W|He)AOx-Vzr2t27wp@Y%a#2000L3sl*Zg@KYc7@%cy#Pwd|%"
    "yu^V4i1L-R=u_U@1C1d&xh!ZSvM>{S=iCuQU)6pZ_|oWyIvCI}i)72V0*zXZK4MHf94P;73^Z@v_vk+q5L-"
    "fTi@RG@07y64^VvOVr=QX?2QvWvM@&OPDy}eN>La(6Yq;b{<!JJoNXjuZRMF>F{5q8H*A3)+P>pR+?PI3Y=L>BJ0(cEbjN@d4hl%Cnc-"
    "8LL%I?JA<htYQb99sCTl1EIO(S)wB>SS5v3w5dZ~ZUS32Lt@JPr%+JzzgW0kiK8MD(e3DAjj=p8k;sL3b<aKz7BVZeorMPVl!XSUtCs<+2uk|N"
    "p<pHLdS>r&v)h8f=WnoB@J2YJ?ySYfSkh+SzSu7}1OwyZA?7sO5!mVa~gK);hft-lu_r8k{*XeLIxk7boWAQ&800%Tqr9h46I%P#^W!nApVVrB"
    "wQ;91}xgM(Frnrz($Ebg8G|fJ%W3t2CJ?vGCZ^p&)w<w^M5z$+Qz3c!G`(ZFQMXDm*O&K#3gDawISRLaG^mcR3?fG&T)ZIRIiO|NiQ+Y6GXRt@"
    "R$QM#2CKu1*}@ac$4&`(cl$6}GWeHs^{BfC#A_Ob4|R|Akc2Sq&xlxE=@!or-h&jdIv1=2LUQE2NiHGS<$O%qOR+--"
    "5io?>w)9cAk@~4ox0Io}@@^DD6-PYc?57V0&Slu0QdnLFh-"
    "&r{37V94z=qUDahmQ~Vq!e_$y!{|eYTNxstwmnDG}SPk5@?efv`vD%PgVPQ$S`v8o-"
    "4Kp&}D;lqMWA(wgdCITc<jcJ(YRA+N@L}E0#(1fmK`pqn3cnR?Mq76donnc($Az5VG*RWo5F#_G+0k^#%ZQ4HG%c^b&xI+ibnw&ALaP%Q3M!Ro"
    "M^FF%GpmsOk%EfBL8eG3K8vU%A?`zip>%1<CfAY!5KDDU0jPKAsOw~#_AXVf$#I?p&)D8UI1D&J(cERa*_#S)IX1HtznuiA5CvHuCCFnjx@r{f"
    "oeN%|ULPBwqBAQO7xbzBeDs-v#LMyG2iN4Q@e(J}LGrB1IUo{#E<)p16QZPu>l3*z%02mh<<v(huvRoyMnf<CLI_*{?tlON-"
    "yLPIg?yoMy>r(Zv0di_6g4dHk-"
    "wm51=6h{BEV9@F#&LZsaeRZ!yb!%pUnNa_h(D!MEXcRRhdU50yMfu_si=8w};5RiFT_%u2W~B3GizLQL3+ZUZF_Ct$=Lu-K7!LJdgI-AFqZ3LX"
    "><zqMJsi=u}px^GW?R>jZV0*|k!@WLzsCzO*fQ8Ug%LCp?tUS3&7aR&c2c@NKIdVh=zguZXz5{wVpobnyVVZfG0aZS7OST4chAtJF{^XAeB7ww"
    "ap=6(kY%@P}_K{zKw=w33<XEXYu8RLTqvM7ps6q#r1B+qW0b)<e$Eenbr5r|~4wkN^M!0KR|"
)
