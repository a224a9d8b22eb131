"""Feedback that exists elsewhere, as rows: which columns it has, and what a row says."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from app.customers.rules import columns, contacts, days, texts
from app.customers.rules.reasons import Fault, Reason, Wrong
from app.customers.rules.rows import CellReader

LONGEST = 30_000
NAMES: Mapping[str, str] = {
    "text": "评论 评价 内容 评价内容 评论内容 反馈 反馈内容 留言 意见 正文 "
    "text comment comments review reviewtext feedback content message body verbatim",
    "language": "语言 language lang locale",
    "score": "评分 分数 打分 得分 推荐分 推荐意愿 nps npsscore score rating010",
    "stars": "星级 评星 星 星数 满意度 stars star starrating csat",
    "product": "产品 产品名称 商品 商品名称 商品编号 产品编号 类目 product productname sku item domain category",
    "date": "日期 时间 评论时间 评价时间 提交时间 反馈时间 date time createdat submittedat timestamp",
    "customer": "客户 客户编号 会员号 邮箱 客户邮箱 customer customerid customerno email customeremail user userid",
    "name": "姓名 客户姓名 客户名称 昵称 用户名 name customername username nickname",
}
NEEDED = (("text", "score", "stars"),)
_OUT_OF = re.compile(r"(\d{1,2})(?:\.0+)?(?: ?[/／] ?(\d{1,2}))? ?(?:分|星|stars?|points?|★)?")
_HAN_STARS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}


@dataclass(frozen=True, kw_only=True)
class Said:
    """One row of feedback. `score` is 0 to 10, `stars` 1 to 5; at most one of them is set."""

    line: int
    text: str
    language: str
    score: int | None
    stars: int | None
    product: str
    at: datetime | None
    email: str | None
    external_id: str | None
    name: str


def header(names: Sequence[str]) -> columns.Columns:
    """Find the columns by their names."""
    return columns.read_header(names, NAMES, NEEDED)


def read(cells: Mapping[str, str], line: int, *, zone: tzinfo, now: datetime) -> Said:
    """Read one row; raise `RowWrong` with every fault."""
    row = CellReader(cells)
    text = row.value("text", lambda cell: texts.prose(cell, LONGEST), "")
    score, stars = row.value("score", _scored(0, 10)), row.value("stars", _scored(1, 5))
    if not text and score is None and stars is None and not row.faults:
        row.faults.append(Fault("text", Reason.MISSING))
    customer = row.value("customer", texts.number_in_books, "")
    is_address = "@" in customer
    said = Said(
        line=line,
        text=text,
        language=row.value("language", texts.language, texts.language_of(text)),
        score=score,
        stars=None if score is not None else stars,  # two scales on one row: 0 to 10 is the finer one
        product=row.value("product", lambda cell: texts.line(cell, 100), ""),
        at=row.value("date", lambda cell: days.past_moment(cell, zone, now)),
        email=row.value("customer", contacts.email) if is_address else None,
        external_id=None if is_address else customer or None,
        name=row.value("name", lambda cell: texts.line(cell, 200), "") or customer,
    )
    row.done()
    return said


def _scored(low: int, high: int) -> Callable[[str], int]:
    """Return a reader of 8, 8分, 8/10, 5星, 五星 and ★★★★☆."""

    def read_score(cell: str) -> int:
        written = texts.plain(cell).casefold()
        found = _OUT_OF.fullmatch(written)
        if found and (found[2] is None or int(found[2]) == high):
            value = int(found[1])
        elif set(written) <= {"★", "☆"}:
            value = written.count("★")
        else:
            value = _HAN_STARS.get(written.removesuffix("星"), -1)
        if not low <= value <= high:
            raise Wrong(Reason.NOT_A_SCORE)
        return value

    return read_score
