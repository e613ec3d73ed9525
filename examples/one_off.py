"""Write once to the Gold clients who have not bought for 60 days."""

import sys

import toolkit

with toolkit.open_shop(sys.argv[1] if len(sys.argv) > 1 else "shop") as shop:
    quiet = [one for one in shop.standings(shop.today) if one.tier == "Gold" and one.quiet_for(days=60)]
    plan = shop.plan("win_back", to=quiet, occasion="2026-Q4", today=shop.today)
    shop.preview(plan, "out")  # html and txt with an index page
    print(plan)  # such as: 1 ready, 0 held, 0 already sent
    shop.deliver(plan, limit=50)  # written down in the journal: safe to run twice
