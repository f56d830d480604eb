"""The five main results as an analyst would compute them with pandas. It checks nothing.

python3 with-pandas.py COUNTRY OUT TODAY
"""

import sys
from glob import glob

import numpy as np
import pandas as pd

country, out, today = sys.argv[1], sys.argv[2], pd.Timestamp(sys.argv[3])


def read(name, columns, dates=()):
    files = sorted(glob(f"{country}/data/{name}*.csv"))
    parts = [pd.read_csv(file, sep=";", decimal=",", usecols=columns, parse_dates=list(dates)) for file in files]
    return pd.concat(parts, ignore_index=True)


def write(name, frame):
    frame.to_csv(f"{out}/{name}.csv", index=False, date_format="%Y-%m-%d")


def share(whole, weight, total, group, order):
    """What a whole gives the one that weighs so much of the total; the first of equals takes what is left over."""
    floor = whole * weight // total
    keys = [f"key{i}" for i in range(len(group))]
    frame = pd.DataFrame(dict(zip(keys, group))).assign(floor=floor, left=whole * weight - floor * total, order=order)
    frame["place"] = frame.sort_values(["left", "order"], ascending=[False, True]).groupby(keys).cumcount()
    return floor + (frame["place"] < whole - frame.groupby(keys)["floor"].transform("sum"))


def first_day(year):
    return pd.to_datetime(year.astype(str) + "-01-01")


def last_day(year):
    return pd.to_datetime(year.astype(str) + "-12-31")


def one_row_a_year(frame, first, last):
    """Repeats each row for every year from its first to its last, and says which in `ar`."""
    years = last - first + 1
    repeated = frame.loc[frame.index.repeat(years)]
    repeated["ar"] = (first.repeat(years) + repeated.groupby(level=0).cumcount()).astype("int64")
    return repeated


insats = read("insats", ["insats_id", "startdatum", "slutdatum"], ["startdatum", "slutdatum"])
finansiering = read("finansiering", ["insats_id", "forbund_id", "ar", "andel"])
part = read("part", ["insats_id", "part_id", "huvudman"])
deltagare = read(
    "deltagare", ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"], ["startdatum", "slutdatum"]
)
mote = read("mote", ["insats_id", "mote_id", "datum", "motestyp", "status"], ["datum"])
narvaro = read("narvaro", ["insats_id", "mote_id", "part_id", "kallad", "narvarande"])
arende = read("arende", ["insats_id", "mote_id", "deltagar_id"])
faktura = read(
    "faktura",
    ["insats_id", "forbund_id", "part_id", "kostnadsslag", "fran", "till", "timmar", "belopp"],
    ["fran", "till"],
)
budget = read("budget", ["insats_id", "ar", "post", "belopp"])

# Invoices, each year's share by days.
faktura = faktura.merge(part, how="left", on=["insats_id", "part_id"])
faktura["ore"] = (faktura["belopp"] * 100).round().astype("int64")
first, last = faktura["fran"].dt.year, faktura["till"].dt.year
within = faktura[first == last].assign(ar=first)
across = one_row_a_year(faktura[first != last], first[first != last], last[first != last])
begins = across["fran"].clip(lower=first_day(across["ar"]))
ends = across["till"].clip(upper=last_day(across["ar"]))
across["nr"] = across.index
across = across.reset_index(drop=True)
days = (ends - begins).dt.days.to_numpy() + 1
total = (across["till"] - across["fran"]).dt.days + 1
across["ore"] = share(across["ore"], days, total, [across["nr"]], across["ar"])
across["timmar"] = share((across["timmar"] * 1e6).round(), days, total, [across["nr"]], across["ar"]) / 1e6
across["fran"], across["till"] = begins.to_numpy(), ends.to_numpy()
per_year = pd.concat([within, across], ignore_index=True)

# Meetings, with how many parties came.
came = narvaro[narvaro["narvarande"] == "ja"].groupby(["insats_id", "mote_id"]).size().rename("antal")
mote = mote.merge(came, how="left", on=["insats_id", "mote_id"])
mote["ar"] = mote["datum"].dt.year
mote["hallet"] = mote["status"] == "genomfört"

# When an insats runs, and its calendar years.
latest = (
    pd.concat(
        [
            mote[mote["hallet"]].groupby("insats_id")["datum"].max(),
            deltagare["slutdatum"].fillna(deltagare["startdatum"]).groupby(deltagare["insats_id"]).max(),
            faktura.groupby("insats_id")["till"].max(),
        ]
    )
    .groupby(level=0)
    .max()
)
insats["sista"] = (
    insats["slutdatum"].fillna(insats["insats_id"].map(latest)).fillna(today).clip(lower=insats["startdatum"])
)
windows = one_row_a_year(insats, insats["startdatum"].dt.year, insats["sista"].dt.year)
new_year, new_years_eve = first_day(windows["ar"]), last_day(windows["ar"])
windows["fran"] = windows["startdatum"].clip(lower=new_year)
windows["till"] = windows["slutdatum"].fillna(new_years_eve).clip(upper=new_years_eve)
windows["oppet"] = windows["till"] >= today
windows["dagar"] = (windows["till"] - windows["fran"]).dt.days + 1
windows["alla"] = (new_years_eve - new_year).dt.days + 1
windows = windows.drop(columns=["startdatum", "slutdatum", "sista"]).reset_index(drop=True)

# Participants of the whole time.
enrolled = deltagare.merge(insats, on="insats_id", suffixes=("", "_insats"))
enrolled = enrolled[
    (
        enrolled["startdatum"]
        <= enrolled["sista"].where(enrolled["slutdatum_insats"].isna(), enrolled["slutdatum_insats"])
    )
    & (enrolled["slutdatum"].isna() | (enrolled["slutdatum"] >= enrolled["startdatum_insats"]))
]
sexes = pd.crosstab(enrolled["insats_id"], enrolled["kon"]).reindex(columns=["kvinna", "man", "okänt"], fill_value=0)
persons = sexes.set_axis(["kvinnor", "man", "okant"], axis=1).reset_index()
persons = persons.merge(insats, on="insats_id").assign(
    personer=persons["insats_id"].map(enrolled.groupby("insats_id")["deltagar_id"].nunique())
)
persons["fran"], persons["till"] = persons["startdatum"], persons["slutdatum"].fillna(persons["sista"])
persons["kanda"] = persons["kvinnor"] + persons["man"]
persons["oppet"] = persons["till"] >= today

# Goals.
held = mote[mote["hallet"]]
raised = arende.merge(held[(held["motestyp"] == "samverkan") & (held["antal"] >= 2)], on=["insats_id", "mote_id"])
individuals = raised.groupby(["insats_id", "ar"])["deltagar_id"].nunique().rename("taljare").reset_index()
planned = mote[mote["motestyp"] == "planering"]
plannings = planned.groupby(["insats_id", "ar"])["hallet"].sum().rename("taljare").reset_index()


def count_goal(mal_id, target, counts, measured):
    """A number a year, in proportion to the days of the year; an insats that never measures it has none."""
    goal = windows.merge(counts, how="left", on=["insats_id", "ar"]).assign(mal_id=mal_id, gruppvarde="")
    goal["taljare"] = goal["taljare"].fillna(0).where(goal["insats_id"].isin(measured))
    goal["varde"], goal["malvarde"] = goal["taljare"], target * goal["dagar"] / goal["alla"]
    goal["natt"] = goal["taljare"] * goal["alla"] >= target * goal["dagar"]
    goal["skal"] = np.select(
        [goal["oppet"] & ~goal["natt"], target * goal["dagar"] < goal["alla"], goal["taljare"].isna()],
        ["perioden_pagar", "for_kort", "saknas"],
        "",
    )
    return goal


attended = narvaro.merge(held[["insats_id", "mote_id", "ar"]], on=["insats_id", "mote_id"])
attended["namnare"] = attended["kallad"] == "ja"
attended["taljare"] = attended["namnare"] & (attended["narvarande"] == "ja")
each = attended.groupby(["insats_id", "part_id", "ar"])[["taljare", "namnare"]].sum().reset_index()
together = attended.groupby(["insats_id", "ar"])[["taljare", "namnare"]].sum().reset_index().assign(part_id="")
parties = pd.DataFrame({"part_id": ["", "af", "fk", "kommun", "region"]})
attendance = windows.merge(parties, how="cross").merge(
    pd.concat([each, together]), how="left", on=["insats_id", "part_id", "ar"]
)
attendance = attendance.assign(
    mal_id="narvaro", gruppvarde=attendance["part_id"], varde=attendance["taljare"] / attendance["namnare"]
)
attendance["malvarde"] = np.where(attendance["part_id"] == "", np.nan, 0.85)
attendance["natt"] = attendance["taljare"] * 100 >= attendance["namnare"] * 85
attendance["skal"] = np.select(
    [attendance["part_id"] == "", attendance["oppet"], attendance["namnare"].isna(), attendance["namnare"] == 0],
    ["foljs", "perioden_pagar", "saknas", "ej_tillamplig"],
    "",
)
attendance["taljare"] = attendance["taljare"].where(attendance["namnare"] > 0)

women = persons.assign(
    mal_id="kvinnor", gruppvarde="", taljare=persons["kvinnor"].where(persons["kanda"] > 0), namnare=persons["kanda"]
)
women["varde"] = women["taljare"] / women["kanda"]
women["tackningsgrad"] = (women["kanda"] / (women["kanda"] + women["okant"])).where(
    (women["okant"] > 0) & (women["kanda"] > 0)
)
women["natt"] = (women["kvinnor"] * 100).between(women["kanda"] * 40, women["kanda"] * 60)
women["skal"] = np.select([women["oppet"], women["kanda"] == 0], ["perioden_pagar", "ej_tillamplig"], "")

cost = persons.assign(mal_id="kostnad", gruppvarde="", malvarde=200000, namnare=persons["personer"])
cost["taljare"] = cost["insats_id"].map(faktura.groupby("insats_id")["ore"].sum())
cost["varde"] = cost["taljare"] / 100 / cost["personer"]
cost["natt"] = cost["taljare"] <= 200000 * 100 * cost["personer"]
cost["skal"] = np.select([cost["oppet"], cost["taljare"].isna()], ["perioden_pagar", "saknas"], "")

goals = pd.concat(
    [
        count_goal("individer", 30, individuals, arende["insats_id"].unique()),
        count_goal("planering", 2, plannings, planned["insats_id"].unique()),
        attendance,
        women,
        cost,
    ],
    ignore_index=True,
)
goals["status"] = np.select([goals["skal"] != "", goals["natt"]], ["ej_matbart", "uppnatt"], "ej_uppnatt")
goals["taljare"], goals["namnare"] = goals["taljare"].astype("Int64"), goals["namnare"].astype("Int64")
columns = [
    "insats_id",
    "mal_id",
    "gruppvarde",
    "fran",
    "till",
    "taljare",
    "namnare",
    "tackningsgrad",
    "varde",
    "malvarde",
    "skal",
    "status",
]
write("maluppfyllelse", goals[columns])

judged = goals[goals["skal"] != "foljs"]
summary = pd.crosstab([judged["insats_id"], judged["mal_id"]], judged["status"]).reindex(
    columns=["uppnatt", "ej_uppnatt", "ej_matbart"], fill_value=0
)
summary["rader"] = summary.sum(axis=1)
summary["status"] = np.select(
    [summary["uppnatt"] + summary["ej_uppnatt"] == 0, summary["ej_uppnatt"] == 0, summary["uppnatt"] == 0],
    ["ej_matbart", "uppnatt", "ej_uppnatt"],
    "delvis",
)
write("malsammanfattning", summary.reset_index())

# Cost shares, with what each förbund pays beside the agreed key.
totals = (
    per_year.groupby(["insats_id", "ar"])
    .agg(total=("ore", "sum"), fran=("fran", "min"), till=("till", "max"))
    .reset_index()
)
agreed = finansiering[finansiering["andel"].notna()].merge(totals[["insats_id", "ar"]], on=["insats_id", "ar"])
agreed["delar"] = agreed["andel"].str.removesuffix(" %").astype("int64")
keys = agreed.groupby(["insats_id", "ar"])["delar"].sum().rename("summa").reset_index()
dimensions = {"insats": "insats_id", "forbund": "forbund_id", "part": "part_id", "huvudman": "huvudman"}
rough = (
    per_year.groupby(["insats_id", "ar", "forbund_id", "part_id", "huvudman"], dropna=False)
    .agg(ore=("ore", "sum"), timmar=("timmar", "sum"), med_timmar=("timmar", "count"))
    .reset_index()
)
paid = [
    rough.assign(dimension=dimension, id=rough[column].fillna("ingen"))
    .groupby(["insats_id", "ar", "dimension", "id"])[["ore", "timmar", "med_timmar"]]
    .sum()
    .reset_index()
    for dimension, column in dimensions.items()
]
agreed = agreed.rename(columns={"forbund_id": "id"}).assign(dimension="forbund")[
    ["insats_id", "ar", "dimension", "id", "delar"]
]
years = pd.concat(paid).merge(agreed, how="outer", on=["insats_id", "ar", "dimension", "id"])
years["ore"] = years["ore"].fillna(0).astype("int64")
years = years.merge(totals[["insats_id", "ar", "total"]], on=["insats_id", "ar"]).merge(
    keys, how="left", on=["insats_id", "ar"]
)
keyed = years[(years["dimension"] == "forbund") & years["summa"].notna()]
weights, sums = keyed["delar"].fillna(0).astype("int64"), keyed["summa"].astype("int64")
years["avtalad"] = weights / sums
years["avvikelse"] = keyed["ore"] - share(keyed["total"], weights, sums, [keyed["insats_id"], keyed["ar"]], keyed["id"])

whole = (
    totals.merge(keys, how="left", on=["insats_id", "ar"])
    .groupby("insats_id")
    .agg(
        fran=("fran", "min"),
        till=("till", "max"),
        total=("total", "sum"),
        ar=("ar", "count"),
        nycklar=("summa", "count"),
    )
)
shares = (
    years.groupby(["insats_id", "dimension", "id"])
    .agg(
        belopp_ore=("ore", "sum"),
        timmar=("timmar", "sum"),
        med_timmar=("med_timmar", "sum"),
        avvikelse_ore=("avvikelse", "sum"),
        med_avvikelse=("avvikelse", "count"),
        avtalade=("avtalad", "nunique"),
        avtalad=("avtalad", "first"),
        antal=("ar", "size"),
    )
    .reset_index()
    .merge(whole.reset_index(), on="insats_id")
)
positive = shares["total"].where(shares["total"] > 0)
has_key = shares["ar"] == shares["nycklar"]
shares["timmar"] = shares["timmar"].where(shares["med_timmar"] > 0)
shares["avvikelse_ore"] = shares["avvikelse_ore"].where(has_key & (shares["med_avvikelse"] > 0)).astype("Int64")
shares["andel"] = shares["belopp_ore"] / shares["total"].where(shares["total"] != 0)
shares["andel_procent"] = (
    share(1000, shares["belopp_ore"], positive, [shares["insats_id"], shares["dimension"]], shares["id"]) / 10
)
same = (shares["avtalade"] == 1) & (shares["antal"] == shares["ar"])
shares["avtalad_andel"] = (
    shares["avtalad"]
    .where(same, (shares["belopp_ore"] - shares["avvikelse_ore"].astype("float64")) / positive)
    .where(has_key)
)
columns = [
    "insats_id",
    "dimension",
    "id",
    "fran",
    "till",
    "belopp_ore",
    "andel",
    "andel_procent",
    "avtalad_andel",
    "avvikelse_ore",
    "timmar",
]
write("kostnadsandel", shares[columns])

# Budget beside what was invoiced.
invoiced = (
    per_year.assign(post=per_year["kostnadsslag"].fillna(""))
    .groupby(["insats_id", "ar", "post"])
    .agg(utfall_ore=("ore", "sum"), parter=("part_id", "nunique"), part_id=("part_id", "first"))
    .reset_index()
)
invoiced["part_id"] = invoiced["part_id"].where(invoiced["parter"] == 1)
granted = (budget.groupby(["insats_id", "ar", "post"])["belopp"].sum() * 100).rename("budget_ore").reset_index()
outcome = granted.merge(invoiced, how="outer", on=["insats_id", "ar", "post"]).merge(
    totals[["insats_id", "ar", "total"]], how="left", on=["insats_id", "ar"]
)
outcome["utfall_ore"] = outcome["utfall_ore"].fillna(0).where(outcome["total"].notna()).astype("Int64")
outcome["budget_ore"] = outcome["budget_ore"].astype("Int64")
outcome["avvikelse_ore"] = outcome["utfall_ore"] - outcome["budget_ore"]
outcome["avvikelse_procent"] = outcome["avvikelse_ore"] * 100 / outcome["budget_ore"].where(outcome["budget_ore"] != 0)
write(
    "budgetutfall",
    outcome[["insats_id", "ar", "post", "part_id", "budget_ore", "utfall_ore", "avvikelse_ore", "avvikelse_procent"]],
)

persons["totalt"] = persons["kanda"] + persons["okant"]
persons["andel_kvinnor"] = persons["kvinnor"] / persons["kanda"].where(persons["kanda"] > 0)
write("konsfordelning", persons[["insats_id", "fran", "till", "kvinnor", "man", "okant", "totalt", "andel_kvinnor"]])
