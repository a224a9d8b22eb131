"""Invented people and figures for the style page, in both languages."""

from typing import Any

_TEXTS: dict[str, dict[str, Any]] = {
    "en": {
        "upset": (
            "The water does taste better. But it began to leak on the second day, I waited nine days for a call, "
            "and on the phone they had no record."
        ),
        "upset_spans": ["taste better", "began to leak", "waited nine days for a call", "had no record"],
        "happy": "The fitter was quick and tidy, and even showed me how to flush it.",
        "happy_spans": ["quick and tidy", "showed me how to flush it"],
        "so_so": "It is all right, I suppose.",
        "left": "2 h 10 min left",
        "of": "of 4 h",
        "line": "By 15:25 today at the latest. The 50 minutes we waited for your photo do not count.",
        "now": "now 11:45",
        "soon": "28 min left",
        "late": "35 min late",
        "held": "3 h 05 min left",
        "met": "took 2 h 40 min",
        "soon_line": "Due 13:43 today, 13 minutes after lunch.",
        "late_line": "Was due 11:10; the customer's page says so too.",
        "held_line": "Goes on when the customer answers; a reminder leaves after ten days.",
        "met_line": "Promised within 4 h, done 1 h 20 min early.",
        "stages": ["Bought", "Getting started", "In use", "Content", "Bought again", "Advocate"],
        "whens": ["26 Feb", "27 Feb, 2 days", "since 1 March, 12 days", "one good answer away", "", ""],
        "siding": ("In trouble", "since 09:05 today, because of request #1042"),
        "calm": ("Silent", "no word for 60 days"),
        "parts": [
            ("Use", "Both machines run every day, 12 % more than last month.", "today"),
            ("Answers", "Zhixia gave 3 today; 8 after the fitting.", "today"),
            ("Support", "One open; the report of 2 March was missed for nine days.", "today"),
            ("Visits", "Called the day after the fitting; next on 27 March.", "13 days ago"),
            ("Renewal", "No maintenance contract known. Unknown is not zero.", "never"),
        ],
        "health": "So-so, down 14 in a week. Worked out from 85 % of the evidence; 15 % is unknown and not counted.",
        "cap": "Judged “needs care”.",
        "cap_why": "57 would be so-so, but the key contact gave 3, and the worst part decides.",
        "days": ["Today, 12 March", "28 February, Saturday"],
        "facts": [
            "Zhixia answered: “The panel is swollen. Will you pay for it?”",
            "“In trouble” beside the stage",
            "Score 3, 8 before",
            "Call the day after the fitting, 8",
        ],
        "details": [
            "Request #1042, with Lin Xiaoman",
            "Because of request #1042. Sent to two systems, number 48211",
            "About: repair, fitting",
            "Zhou Yu'an: “Punctual; wants to see the water curve.”",
        ],
        "months": ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"],
        "causes": [
            "4 August: the eastern warehouse moved, parcels came 6 days late",
            "6 January: a call the day after every fitting",
        ],
        "themes": ["Repair and calls", "Delivery", "Fitting", "Water", "Price"],
        "notes": ["Old line joined, live since 12 March", "East warehouse, mended", "", "", "Nobody is on it"],
        "people": ["He Xiaotang", "Gu Yining", "Shen Zhixia"],
        "titles": [
            "Refund promised in three days, now the twelfth",
            "Third exchange, same fault",
            "Does the W2 take warm water?",
        ],
        "quotes": [
            "One agent hands me to the next; I do not want to call a fifth time.",
            "Three machines, all leak. Is the whole batch bad?",
            "Page 7 of the manual does not say.",
        ],
        "quote_spans": ["do not want to call a fifth time", "Three machines, all leak", "does not say"],
        "me": "Lin Xiaoman",
        "refer": "A friend pays 80 less for a first order. After the 15 days of return you get 400 points.",
        "question": "How likely are you to recommend us to a friend or colleague?",
        "low": "not at all",
        "high": "certainly",
    },
    "zh_Hans": {
        "upset": "水倒是比以前好喝。可装好第二天就开始漏水，报修等了九天没人回电话，打过去还说没有记录。",
        "upset_spans": ["比以前好喝", "开始漏水", "等了九天没人回电话", "没有记录"],
        "happy": "周师傅又快又干净，走之前还教我怎么冲洗。",
        "happy_spans": ["又快又干净", "教我怎么冲洗"],
        "so_so": "还行吧，就那样。",
        "left": "还有 2 小时 10 分",
        "of": "共 4 小时",
        "line": "最晚今天 15:25。等您照片的那 50 分钟没有算在里面。",
        "now": "现在 11:45",
        "soon": "还有 28 分",
        "late": "晚了 35 分",
        "held": "还剩 3 小时 05 分",
        "met": "用了 2 小时 40 分",
        "soon_line": "今天 13:43 到期，午休后 13 分。",
        "late_line": "应于 11:10，客户的页面上也这样写。",
        "held_line": "客户一回就接着走；10 天没回会提醒一次。",
        "met_line": "约定 4 小时，早了 1 小时 20 分。",
        "stages": ["已购买", "上手", "使用中", "满意", "复购", "推荐者"],
        "whens": ["2 月 26 日", "2 月 27 日，2 天", "3 月 1 日起，12 天", "还差一次好评", "", ""],
        "siding": ("有问题", "今天 09:05 起，因为请求 #1042"),
        "calm": ("沉默", "60 天没有消息"),
        "parts": [
            ("使用", "两台机器每天都有出水，比上月多 12%。", "今天"),
            ("评价", "沈知夏今天打了 3 分；此前安装回访打了 8 分。", "今天"),
            ("支持", "一件未结，3 月 2 日的报修漏接了九天。", "今天"),
            ("回访", "安装次日已电话回访，下次在 3 月 27 日。", "13 天前"),
            ("续约", "没有保养合同的数据。不知道就是不知道，不当作 0 分。", "从未"),
        ],
        "health": "一般，比上周低 14。凭 85% 的依据算出；15% 未知，不计入。",
        "cap": "判为“需要留意”。",
        "cap_why": "57 分本可算“一般”，但关键联系人打了 3 分，按规则取最坏的一项。",
        "days": ["今天，3 月 12 日", "2 月 28 日，星期六"],
        "facts": [
            "沈知夏回信：“柜板已经泡起来了，你们管吗？”",
            "阶段旁出现“有问题”",
            "满意度 3 分，此前 8 分",
            "安装次日回访，8 分",
        ],
        "details": [
            "请求 #1042，林小满处理中",
            "原因：请求 #1042。已发给 2 个系统，序号 48211",
            "说到：报修、安装",
            "周予安：“师傅守时，想看水质曲线。”",
        ],
        "months": ["4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月"],
        "causes": ["8 月 4 日，华东仓搬迁，送货平均晚 6 天", "1 月 6 日，安装次日必回访"],
        "themes": ["报修与回电", "送货", "安装", "水质", "价格"],
        "notes": ["旧热线并入，3 月 12 日已上线", "华东仓，已恢复", "", "", "还没有人在管"],
        "people": ["何晓棠", "顾以宁", "沈知夏"],
        "titles": ["退款说三天，今天第十二天", "第三次换货，还是同一个毛病", "W2 能不能接热水管？"],
        "quotes": [
            "客服一个推一个，我不想再打第五次电话了。",
            "换了三台都漏，是不是这批就有问题？",
            "说明书第 7 页没写清楚。",
        ],
        "quote_spans": ["我不想再打第五次电话了", "换了三台都漏", "没写清楚"],
        "me": "林小满",
        "refer": "朋友首单减 80 元。过了 15 天退货期，您得 400 积分。",
        "question": "您有多大可能把我们推荐给朋友或同事？",
        "low": "完全不会",
        "high": "一定会",
    },
}
_NPS = [22, 26, 28, 26, -6, 0, 12, 16, 19, 24, 33, 37]
_ASKED = [18, 61, 58, 66, 71, 63, 68, 74, 70, 72, 79, 63]


def samples(locale: str) -> dict[str, Any]:
    """Return what the style page shows, in the reader's language."""
    said = _TEXTS.get(locale, _TEXTS["en"])
    return {
        "t": said,
        "spans": _spans(said),
        "stops": _stops(said),
        "parts": _parts(said),
        "days": _days(said),
        "points": _points(said),
        "themes": _themes(said),
    }


def _found(text: str, words: str, weight: float) -> tuple[int, int, float]:
    start = text.index(words)
    return start, start + len(words), weight


def _spans(said: dict[str, Any]) -> dict[str, list[Any]]:
    def all_of(key: str, weights: list[float]) -> list[tuple[int, int, float]]:
        return [_found(said[key], words, weight) for words, weight in zip(said[f"{key}_spans"], weights, strict=True)]

    quotes = zip(said["quotes"], said["quote_spans"], (-1.0, -1.0, -0.1), strict=True)
    return {
        "upset": all_of("upset", [0.4, -0.5, -1.0, -0.6]),
        "happy": all_of("happy", [1.0, 0.6]),
        "quotes": [[_found(*quote)] for quote in quotes],
    }


def _stops(said: dict[str, Any]) -> list[dict[str, Any]]:
    states = ["done", "done", "here", "ahead", "ahead", "ahead"]
    stops = [
        {"name": name, "state": state, "when": when, "sidings": []}
        for name, state, when in zip(said["stages"], states, said["whens"], strict=True)
    ]
    stops[2]["sidings"] = [
        {"name": name, "when": when, "calm": calm}
        for (name, when), calm in ((said["siding"], False), (said["calm"], True))
    ]
    return stops


def _parts(said: dict[str, Any]) -> list[dict[str, Any]]:
    known = [(71, 0.25, 4), (30, 0.25, 4), (55, 0.2, 4), (80, 0.15, 2), (None, 0.15, 0)]
    return [
        {"name": name, "why": why, "seen": seen, "score": score, "weight": weight, "fresh": fresh}
        for (name, why, seen), (score, weight, fresh) in zip(said["parts"], known, strict=True)
    ]


def _days(said: dict[str, Any]) -> list[dict[str, Any]]:
    looks = [
        ("10:40", "envelope", "upset"),
        ("09:06", "signpost-2", "stage"),
        ("09:05", "emoji-frown", "upset"),
        ("10:15", "telephone", "happy"),
    ]
    entries = [
        {"time": time, "icon": icon, "tone": tone, "title": title, "more": more, "url": None, "at": None}
        for (time, icon, tone), title, more in zip(looks, said["facts"], said["details"], strict=True)
    ]
    return [{"label": said["days"][0], "entries": entries[:3]}, {"label": said["days"][1], "entries": entries[3:]}]


def _points(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"label": label, "value": value, "n": n, "low": value - 170 / n**0.5, "high": value + 170 / n**0.5}
        for label, value, n in zip(said["months"], _NPS, _ASKED, strict=True)
    ]


def _themes(said: dict[str, Any]) -> list[dict[str, Any]]:
    counts = [(118, 41), (84, 96), (31, 164), (22, 143), (47, 38)]
    return [
        {"name": name, "note": note, "upset": upset, "happy": happy, "value": upset + happy, "url": None}
        for name, note, (upset, happy) in zip(said["themes"], said["notes"], counts, strict=True)
    ]
