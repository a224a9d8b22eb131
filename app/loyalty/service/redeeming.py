"""Points become vouchers, and vouchers are used: each by one conditional statement, so each once."""

from sqlalchemy import select, update

from app.events import PointsRedeemed
from app.kit import clock
from app.kit.bus import publish
from app.kit.db import db
from app.kit.ids import short_code
from app.kit.tokens import digest
from app.loyalty import queries
from app.loyalty.errors import PriceChanged, SoldOut, VoucherSpent
from app.loyalty.models import Reward, Voucher
from app.loyalty.rules import Counter, Reason, VoucherState
from app.loyalty.service.posting import post

_CODE_LENGTH = 12  # 60 random bits


def redeem(customer_id: int, public_id: str, *, price: int, key: str) -> Voucher:
    """Buy a reward at the price the customer saw; the same `key` again returns the same voucher.

    Raise `NotEnoughPoints`, `SoldOut` or `PriceChanged`. The customer's balance is taken before the stock, which is
    wanted by everybody and therefore locked last.
    """
    reward = queries.reward(public_id)
    posted = post(
        customer_id,
        points=-price,
        counter=Counter.REDEEMED,
        reason=Reason.REDEMPTION,
        key=f"redeem:{public_id}:{digest(key)}",
        about=(reward.name_en, reward.name_zh),
    )
    if not posted.is_new:
        return db.session.scalars(select(Voucher).filter_by(entry_id=posted.entry_id)).one()
    _take_one(reward, price)
    voucher = Voucher(
        code=short_code(_CODE_LENGTH),
        customer_id=customer_id,
        reward_id=reward.id,
        entry_id=posted.entry_id,
        name_en=reward.name_en,
        name_zh=reward.name_zh,
        price=price,
    )
    db.session.add(voucher)
    db.session.flush()
    publish(
        PointsRedeemed(
            customer_id=customer_id,
            entry_id=posted.entry_id,
            points=price,
            reward=reward.name_en,
            voucher_id=voucher.id,
            balance=posted.balance,
        )
    )
    return voucher


def use_voucher(code: str, *, staff_id: int | None) -> None:
    """Use a voucher up, once; a second time raises `VoucherSpent`."""
    _leave_issued(code, VoucherState.USED, staff_id)


def cancel_voucher(code: str, *, staff_id: int | None) -> None:
    """Take an unused voucher back: its points return to the customer and the reward to the stock, once."""
    _leave_issued(code, VoucherState.CANCELLED, staff_id)
    voucher = queries.voucher(code)
    post(
        voucher.customer_id,
        points=voucher.price,
        counter=Counter.REDEEMED,
        reason=Reason.CANCELLATION,
        key=f"cancel:{voucher.id}",
        about=(voucher.name_en, voucher.name_zh),
        reverses_id=voucher.entry_id,
    )
    db.session.execute(
        update(Reward).where(Reward.id == voucher.reward_id, Reward.stock.is_not(None)).values(stock=Reward.stock + 1)
    )


def _take_one(reward: Reward, price: int) -> None:
    """Take one from the stock, or see that the offer still stands when there is no limit."""
    if not reward.is_active:
        raise SoldOut
    if reward.price != price:
        raise PriceChanged
    if reward.stock is None:
        return
    taken = db.session.scalar(
        update(Reward)
        .where(Reward.id == reward.id, Reward.is_active, Reward.price == price, Reward.stock > 0)
        .values(stock=Reward.stock - 1)
        .returning(Reward.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise SoldOut


def _leave_issued(code: str, state: VoucherState, staff_id: int | None) -> None:
    queries.voucher(code)
    changed = db.session.scalar(
        update(Voucher)
        .where(Voucher.code == code, Voucher.state == VoucherState.ISSUED)
        .values(state=state, used_at=clock.now(), used_by=staff_id)
        .returning(Voucher.id)
    )
    if changed is None:
        raise VoucherSpent
