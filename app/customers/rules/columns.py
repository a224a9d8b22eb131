"""Which names of columns are understood, in Chinese and English, and what a file must have."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_IGNORED = re.compile(r"[\W_]")

CUSTOMERS: Mapping[str, str] = {
    "external_id": "客户编号 客户号 客户代码 客户id 会员号 会员编号 会员id 编号 "
    "customerid customerno customernumber customercode externalid memberid memberno id number",
    "name": "姓名 名字 客户姓名 客户名称 客户 联系人 名称 会员姓名 "
    "name fullname customername customer contact contactname",
    "email": "邮箱 电子邮箱 电子邮件 邮件 邮箱地址 客户邮箱 email emailaddress mail customeremail",
    "phone": "手机 手机号 手机号码 电话 电话号码 联系电话 联系方式 phone phonenumber mobile mobilenumber telephone tel",
    "company": "公司 公司名称 单位 企业 工作单位 company companyname organisation organization firm account",
    "locale": "语言 首选语言 language preferredlanguage locale",
    "may_mail": "接受邮件 可发邮件 同意邮件 maymail acceptsmail acceptsemail acceptsmarketing emailconsent",
}
_BUYER: Mapping[str, str] = {
    "external_id": "客户编号 客户号 客户代码 客户id 会员号 会员编号 会员id customerid customerno customernumber "
    "customercode customerexternalid memberid memberno",
    "name": "姓名 客户姓名 客户名称 客户 买家 购买人 投保人 收货人 会员姓名 "
    "customername customer buyer buyername name fullname",
    "email": CUSTOMERS["email"] + " buyeremail",
    "phone": CUSTOMERS["phone"] + " customerphone",
    "company": CUSTOMERS["company"],
    "locale": CUSTOMERS["locale"],
}
PURCHASES: Mapping[str, str] = {
    "reference": "订单号 订单编号 订单 单号 保单号 交易号 orderid orderno ordernumber order reference orderreference "
    "policynumber policyno invoice invoiceno invoicenumber",
    "sku": "商品编号 商品编码 商品代码 产品编号 产品编码 产品代码 货号 sku productid productno productcode articleno "
    "articlenumber item itemno itemcode",
    "product_name": "商品 商品名称 商品名 产品 产品名称 产品名 险种 product productname itemname article description",
    "product_zh": "商品中文名 产品中文名 商品名称中文 产品名称中文 productnamezh productnamechinese namezh",
    "product_en": "商品英文名 产品英文名 商品名称英文 产品名称英文 productnameen productnameenglish nameen",
    "purchased_at": "购买日期 购买时间 下单时间 下单日期 订单日期 成交时间 成交日期 支付时间 付款时间 "
    "日期 时间 投保日期 date purchasedate purchasedat purchasedon orderdate ordertime orderedat "
    "paidat boughton createdat",
    "quantity": "数量 件数 购买数量 quantity qty count pieces units",
    "amount": "金额 总金额 总价 实付金额 实付 付款金额 支付金额 订单金额 成交金额 保费 合计 "
    "金额元 实付金额元 订单金额元 amount total totalamount totalprice paid amountpaid premium amountcny",
    "currency": "币种 货币 currency currencycode",
    **_BUYER,
}


@dataclass(frozen=True)
class Columns:
    """What a header says: the field of each column (None: not understood), and what is missing."""

    fields: tuple[str | None, ...]
    unknown: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]  # of each group one is needed


Table = Mapping[str, str]
NEEDED: Mapping[str, Sequence[tuple[str, ...]]] = {
    "customers": (("name",), ("external_id", "email")),
    "purchases": (
        ("reference",),
        ("sku", "product_name", "product_zh", "product_en"),
        ("purchased_at",),
        ("external_id", "email"),
    ),
}
TABLES: Mapping[str, Table] = {"customers": CUSTOMERS, "purchases": PURCHASES}


def key_of(name: str) -> str:
    """Return a column's name without case, spaces, width and signs: `E-Mail` and ｅｍａｉｌ are one."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name).casefold())


def read_header(names: Sequence[str], table: Table, needed: Sequence[tuple[str, ...]]) -> Columns:
    """Find each column's field; a field that stands twice counts once, the second is unknown."""
    by_name = {name: field for field, accepted in table.items() for name in accepted.split()}
    by_name |= {key_of(field): field for field in table}
    fields: list[str | None] = []
    for name in names:
        field = by_name.get(key_of(name))
        fields.append(None if field in fields else field)
    return Columns(
        fields=tuple(fields),
        unknown=tuple(name for name, field in zip(names, fields, strict=True) if field is None and name.strip()),
        missing=tuple(group for group in needed if not set(group) & set(fields)),
    )
