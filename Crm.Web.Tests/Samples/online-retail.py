#!/usr/bin/env python3
"""Cuts the sample out of the UCI Online Retail file, and computes the figures that the tests expect of either.

    online-retail.py cut OnlineRetail.csv.gz online-retail-sample.csv.gz
    online-retail.py figures FILE.csv.gz > FILE.figures.json

Independent of the product: standard library only. The rule of the figures is that of docs/data-sources.md: customer known,
quantity > 0, price > 0, not a cancellation; each line rounded once to pence, half away from zero.
"""
import collections
import csv
import decimal
import gzip
import io
import json
import sys

INVOICE, CODE, NAME, QUANTITY, DATE, PRICE, CUSTOMER, COUNTRY = range(8)

# Whole customers: every trap of the file is among them, and enough ordinary ones for the tables.
CUSTOMERS = """
12346 12347 12348 12349 12350 12352 12356 12358 12359 12360 12362 12363 12370 12372 12377 12394 12413 12415 12417 12422 12427
12429 12431 12446 12448 12455 12457 12558 12565 12607 12733 12743 12754 12764 12836 13101 13132 13256 13405 13946 13952 13958
14016 14219 14442 14934 14936 15108 15498 15587 15618 15663 15823 16198 16252 16320 16422 16446 16582 16927 17450 17547 17560
17799 18102
""".split()
# Whole invoices of nobody known: adjustments, bad debt, sales, remarks, odd letters; C542805 stands inside 542806.
INVOICES = """
536545 536546 536589 536866 536941 537032 537425 537432 537632 538071 538072 539494 539611 540238 540564 541127 541685 542805 545160 545875
546139 547901 556088 556823 557495 559490 560283 561245 C537572 C537600 C537610 C537630 C542805 C557663 C571196 A563185 A563186
A563187
""".split()

# The countries that the file calls by names of its own.
COUNTRIES = {"EIRE": "Ireland", "RSA": "South Africa", "USA": "United States", "European Community": "European Union"}


def lines(path):
    with gzip.open(path, "rb") as file:
        header, *body = file.read().splitlines(keepends=True)
    return header, [(line, next(csv.reader([line.decode("utf-8")]))) for line in body]


def cut(source, target):
    header, body = lines(source)
    chosen = [line for line, row in body if row[CUSTOMER].split(".")[0] in CUSTOMERS or row[INVOICE] in INVOICES]
    with open(target, "wb") as out, gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0) as packed:
        packed.write(header + b"".join(chosen))
    print(len(chosen), "lines", file=sys.stderr)


def pence(row):
    exact = int(row[QUANTITY]) * decimal.Decimal(row[PRICE]) * 100
    return int(exact.quantize(decimal.Decimal(1), decimal.ROUND_HALF_UP))


def months_between(first, later):
    return (int(later[:4]) - int(first[:4])) * 12 + int(later[5:7]) - int(first[5:7])


def top(sums, n=10):
    return [[key, value] for key, value in sorted(sums.items(), key=lambda i: (-i[1], i[0]))[:n]]


def figures(path):
    _, body = lines(path)
    rows = [row for _, row in body]
    invoices = collections.defaultdict(list)
    for row in rows:
        invoices[row[INVOICE]].append(row)

    fate, orders, returns = collections.Counter(), {}, {}
    for number, group in invoices.items():
        if number.startswith("A"):
            fate["bad debt adjustment"] += len(group)
        elif number.startswith("C"):
            returns[number] = group
        else:
            fate["stock adjustment"] += sum(1 for r in group if int(r[QUANTITY]) < 0)
            sold = [r for r in group if int(r[QUANTITY]) > 0]
            if sold and not any(r[CUSTOMER] for r in sold) and sum(map(pence, sold)) == 0:
                fate["nothing charged and nobody known"] += len(sold)
            elif sold:
                orders[number] = sold

    month, customers, countries, products = collections.Counter(), collections.Counter(), collections.Counter(), collections.Counter()
    month_orders, month_customers, active = collections.Counter(), collections.defaultdict(set), collections.defaultdict(set)
    counted, points = 0, collections.Counter()
    for group in orders.values():
        customer, at = group[0][CUSTOMER].split(".")[0], group[0][DATE][:7]
        total = sum(map(pence, group))
        if not customer:
            continue
        points[customer] += total // 100
        if total == 0:
            continue
        counted += 1
        month[at] += total
        month_orders[at] += 1
        month_customers[at].add(customer)
        active[customer].add(at)
        customers[customer] += total
        countries[COUNTRIES.get(group[0][COUNTRY], group[0][COUNTRY])] += total
        for row in group:
            products[row[CODE].upper()] += pence(row)
    for group in returns.values():
        if group[0][CUSTOMER]:
            points[group[0][CUSTOMER].split(".")[0]] -= sum(-pence(r) for r in group) // 100

    cohorts = collections.defaultdict(collections.Counter)
    for seen in active.values():
        for at in seen:
            cohorts[min(seen)][months_between(min(seen), at)] += 1
    kept = [r for group in [*orders.values(), *returns.values()] for r in group]
    return {
        "lines": len(rows),
        "imported": len(kept),
        "leftOut": dict(sorted(fate.items())),
        "allOrders": len(orders),
        "allReturns": len(returns),
        "allCustomers": len({r[CUSTOMER] for r in kept if r[CUSTOMER]}),
        "allProducts": len({r[CODE].upper() for r in kept}),
        "allRevenue": sum(pence(r) for g in orders.values() for r in g),
        "returned": sum(-pence(r) for g in returns.values() for r in g),
        "points": sum(points.values()),
        "customers": len(customers),
        "orders": counted,
        "revenue": sum(month.values()),
        "months": {at: [month[at], len(month_customers[at]), month_orders[at]] for at in sorted(month)},
        "cohorts": {at: [row[n] for n in range(max(row) + 1)] for at, row in sorted(cohorts.items())},
        "topCustomers": top(customers),
        "topCountries": top(countries),
        "topProducts": top(products),
    }


if __name__ == "__main__":
    if sys.argv[1] == "cut":
        cut(*sys.argv[2:4])
    else:
        print(json.dumps(figures(sys.argv[2]), indent=1, ensure_ascii=False))
