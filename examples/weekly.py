"""The weekly run as a script: what `sheetclerk run` does."""

import sys

import toolkit

with toolkit.open_shop(sys.argv[1] if len(sys.argv) > 1 else "shop") as shop:
    report = toolkit.weekly_run(shop, shop.today)
    print(report.plan)
    for problem in report.to_mend:
        print(problem.place, problem.code)
