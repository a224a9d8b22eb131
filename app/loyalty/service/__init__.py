"""What loyalty does: moves points, keeps the catalogue of rewards, turns points into vouchers and uses those up."""

from app.loyalty.service.catalogue import add_reward, change_reward
from app.loyalty.service.demo import forget_demo
from app.loyalty.service.posting import Posted, earn
from app.loyalty.service.redeeming import cancel_voucher, redeem, use_voucher

__all__ = [
    "Posted",
    "add_reward",
    "cancel_voucher",
    "change_reward",
    "earn",
    "forget_demo",
    "redeem",
    "use_voucher",
]
