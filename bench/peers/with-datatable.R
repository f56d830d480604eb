# The five main results as an analyst would compute them with R data.table. It checks nothing.
#   Rscript with-datatable.R COUNTRY OUT TODAY
suppressPackageStartupMessages(library(data.table))
arguments <- commandArgs(trailingOnly = TRUE)
country <- arguments[1]
out <- arguments[2]
today <- as.IDate(arguments[3])

read <- function(name, columns) {
  files <- Sys.glob(file.path(country, "data", paste0(name, "*.csv")))
  rbindlist(lapply(files, fread, sep = ";", dec = ",", na.strings = "", encoding = "UTF-8", select = columns))
}

# What a whole gives the one that weighs so much of the total; the first of equals takes what is left over.
share <- function(whole, weight, total, group, order) {
  parts <- data.table(whole, weight, total, group, order)
  parts[, floor := (whole * weight) %/% total]
  parts[, left := whole * weight - floor * total]
  parts[, row := .I]
  setorder(parts, group, -left, order)
  parts[, place := rowid(group)]
  parts[, given := floor + (place <= whole - sum(floor)), by = group]
  parts[order(row), given]
}

first_day <- function(year) as.IDate(sprintf("%d-01-01", year))
last_day <- function(year) as.IDate(sprintf("%d-12-31", year))

# Repeats each row for every year from its first to its last, and says which in `ar`.
one_row_a_year <- function(table, first, last) {
  years <- last - first + 1L
  repeated <- table[rep(seq_len(.N), years)]
  repeated[, ar := rep(first, years) + sequence(years) - 1L][]
}

insats <- read("insats", c("insats_id", "startdatum", "slutdatum"))
finansiering <- read("finansiering", c("insats_id", "forbund_id", "ar", "andel"))
part <- read("part", c("insats_id", "part_id", "huvudman"))
deltagare <- read("deltagare", c("insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"))
mote <- read("mote", c("insats_id", "mote_id", "datum", "motestyp", "status"))
narvaro <- read("narvaro", c("insats_id", "mote_id", "part_id", "kallad", "narvarande"))
arende <- read("arende", c("insats_id", "mote_id", "deltagar_id"))
faktura <- read("faktura", c("insats_id", "forbund_id", "part_id", "kostnadsslag", "fran", "till", "timmar", "belopp"))
budget <- read("budget", c("insats_id", "ar", "post", "belopp"))

# Invoices, each year's share by days.
faktura[part, on = .(insats_id, part_id), huvudman := i.huvudman]
faktura[, `:=`(ore = round(belopp * 100), ar = year(fran), sista = year(till))]
across <- one_row_a_year(faktura[ar != sista][, nr := .I], faktura[ar != sista, ar], faktura[ar != sista, sista])
across[, `:=`(begins = pmax(fran, first_day(ar)), ends = pmin(till, last_day(ar)))]
across[, `:=`(days = as.integer(ends - begins) + 1L, total = as.integer(till - fran) + 1L)]
across[, ore := share(ore, days, total, nr, ar)]
across[, timmar := share(round(timmar * 1e6), days, total, nr, ar) / 1e6]
across[, `:=`(fran = begins, till = ends)]
per_year <- rbind(faktura[ar == sista], across, fill = TRUE)

# Meetings, with how many parties came.
mote[narvaro[, .(antal = sum(narvarande == "ja")), by = .(insats_id, mote_id)], on = .(insats_id, mote_id), antal := i.antal]
mote[, `:=`(ar = year(datum), hallet = status == "genomfört")]

# When an insats runs, and its calendar years.
latest <- rbind(
  mote[hallet == TRUE, .(dag = max(datum)), by = insats_id],
  deltagare[, .(dag = max(fcoalesce(slutdatum, startdatum))), by = insats_id],
  faktura[, .(dag = max(till)), by = insats_id]
)[, .(dag = max(dag)), by = insats_id]
insats[latest, on = .(insats_id), dag := i.dag]
insats[, sista := pmax(fcoalesce(slutdatum, dag, today), startdatum)]
windows <- one_row_a_year(insats, year(insats$startdatum), year(insats$sista))
windows[, `:=`(
  fran = pmax(startdatum, first_day(ar)),
  till = pmin(fcoalesce(slutdatum, last_day(ar)), last_day(ar)),
  alla = as.integer(last_day(ar) - first_day(ar)) + 1L
)]
windows[, `:=`(oppet = till >= today, dagar = as.integer(till - fran) + 1L)]
windows <- windows[, .(insats_id, ar, fran, till, oppet, dagar, alla)]

# Participants of the whole time.
enrolled <- deltagare[insats[, .(insats_id, start = startdatum, slut = fcoalesce(slutdatum, sista))], on = "insats_id", nomatch = NULL]
enrolled <- enrolled[startdatum <= slut & (is.na(slutdatum) | slutdatum >= start)]
persons <- enrolled[, .(
  kvinnor = sum(kon == "kvinna"), man = sum(kon == "man"), okant = sum(kon == "okänt"), personer = uniqueN(deltagar_id)
), by = .(insats_id, fran = start, till = slut)]
persons[, `:=`(kanda = kvinnor + man, oppet = till >= today)]

# Goals.
meetings <- mote[hallet == TRUE]
individuals <- arende[meetings[motestyp == "samverkan" & antal >= 2], on = .(insats_id, mote_id), nomatch = NULL][
  , .(taljare = uniqueN(deltagar_id)), by = .(insats_id, ar)
]
planned <- mote[motestyp == "planering"]
plannings <- planned[, .(taljare = sum(hallet)), by = .(insats_id, ar)]

# A number a year, in proportion to the days of the year; an insats that never measures it has none.
count_goal <- function(mal_id, target, counts, measured) {
  goal <- counts[windows, on = .(insats_id, ar)]
  goal[is.na(taljare) & insats_id %chin% measured, taljare := 0L]
  goal[, natt := !is.na(taljare) & taljare * alla >= target * dagar]
  goal[, .(
    insats_id, mal_id = mal_id, gruppvarde = "", fran, till, taljare, varde = as.numeric(taljare), malvarde = target * dagar / alla, natt,
    skal = fcase(oppet & !natt, "perioden_pagar", target * dagar < alla, "for_kort", is.na(taljare), "saknas")
  )]
}

attended <- narvaro[meetings, on = .(insats_id, mote_id), nomatch = NULL]
each <- attended[, .(taljare = sum(kallad == "ja" & narvarande == "ja"), namnare = sum(kallad == "ja")), by = .(insats_id, part_id, ar)]
together <- each[, .(part_id = "", taljare = sum(taljare), namnare = sum(namnare)), by = .(insats_id, ar)]
parties <- c("", "af", "fk", "kommun", "region")
attendance <- windows[rep(seq_len(.N), each = length(parties))][, part_id := rep_len(parties, .N)]
attendance <- rbind(each, together, use.names = TRUE)[attendance, on = .(insats_id, part_id, ar)]
attendance <- attendance[, .(
  insats_id, mal_id = "narvaro", gruppvarde = part_id, fran, till, taljare = fcase(namnare > 0, taljare), namnare,
  varde = fcase(namnare > 0, taljare / namnare), malvarde = fcase(part_id != "", 0.85), natt = taljare * 100 >= namnare * 85,
  skal = fcase(
    part_id == "", "foljs", oppet, "perioden_pagar", is.na(namnare), "saknas", namnare == 0, "ej_tillamplig"
  )
)]

women <- persons[, .(
  insats_id, mal_id = "kvinnor", gruppvarde = "", fran, till, taljare = fcase(kanda > 0, kvinnor), namnare = kanda,
  tackningsgrad = fcase(okant > 0 & kanda > 0, kanda / (kanda + okant)),
  varde = fcase(kanda > 0, kvinnor / kanda), natt = kvinnor * 100 >= kanda * 40 & kvinnor * 100 <= kanda * 60,
  skal = fcase(oppet, "perioden_pagar", kanda == 0, "ej_tillamplig")
)]

paid <- faktura[, .(ore = sum(ore)), by = insats_id]
cost <- paid[persons, on = .(insats_id)][, .(
  insats_id, mal_id = "kostnad", gruppvarde = "", fran, till, taljare = ore, namnare = personer,
  varde = ore / 100 / personer, malvarde = 200000, natt = ore <= 200000 * 100 * personer,
  skal = fcase(oppet, "perioden_pagar", is.na(ore), "saknas")
)]

goals <- rbind(
  count_goal("individer", 30, individuals, unique(arende$insats_id)),
  count_goal("planering", 2, plannings, unique(planned$insats_id)),
  attendance, women, cost,
  fill = TRUE
)
goals[, status := fcase(!is.na(skal), "ej_matbart", natt, "uppnatt", default = "ej_uppnatt")]
goals[, natt := NULL]

summary <- goals[is.na(skal) | skal != "foljs", .(
  rader = .N, uppnatt = sum(status == "uppnatt"), ej_uppnatt = sum(status == "ej_uppnatt"), ej_matbart = sum(status == "ej_matbart")
), by = .(insats_id, mal_id)]
summary[, status := fcase(
  uppnatt + ej_uppnatt == 0, "ej_matbart", ej_uppnatt == 0, "uppnatt", uppnatt == 0, "ej_uppnatt", default = "delvis"
)]

# Cost shares, with what each förbund pays beside the agreed key.
totals <- per_year[, .(total = sum(ore), fran = min(fran), till = max(till)), by = .(insats_id, ar)]
agreed <- finansiering[!is.na(andel)][totals, on = .(insats_id, ar), nomatch = NULL]
agreed <- agreed[, .(insats_id, ar, dimension = "forbund", id = forbund_id, delar = as.numeric(sub(" %", "", andel, fixed = TRUE)))]
keys <- agreed[, .(summa = sum(delar)), by = .(insats_id, ar)]
rough <- per_year[
  , .(ore = sum(ore), timmar = sum(timmar, na.rm = TRUE), med_timmar = sum(!is.na(timmar))),
  by = .(insats_id, ar, forbund_id, part_id, huvudman)
]
dimensions <- c(insats = "insats_id", forbund = "forbund_id", part = "part_id", huvudman = "huvudman")
years <- rbindlist(lapply(names(dimensions), function(name) {
  rough[, .(
    insats_id, ar, dimension = name, id = fcoalesce(get(dimensions[[name]]), "ingen"), ore, timmar, med_timmar
  )]
}))
years <- rbind(years, agreed[, .(insats_id, ar, dimension, id, ore = 0, timmar = 0, med_timmar = 0L)])[
  , .(ore = sum(ore), timmar = sum(timmar), med_timmar = sum(med_timmar)),
  by = .(insats_id, ar, dimension, id)
]
years[totals, on = .(insats_id, ar), total := i.total]
years[keys, on = .(insats_id, ar), summa := i.summa]
years[agreed, on = .(insats_id, ar, dimension, id), delar := i.delar]
years[dimension == "forbund" & !is.na(summa), delar := fcoalesce(delar, 0)]
years[!is.na(delar), avvikelse := ore - share(total, delar, summa, paste(insats_id, ar), id)]
years[, avtalad := delar / summa]

whole <- merge(totals, keys, by = c("insats_id", "ar"), all.x = TRUE)[
  , .(fran = min(fran), till = max(till), total = sum(total), antal = .N, har_nyckel = !anyNA(summa)),
  by = insats_id
]
shares <- years[, .(
  belopp_ore = sum(ore), timmar = sum(timmar), med_timmar = sum(med_timmar), avvikelse_ore = sum(avvikelse),
  avtalade = uniqueN(avtalad, na.rm = TRUE), avtalad = avtalad[1], ar = .N
), by = .(insats_id, dimension, id)]
shares <- whole[shares, on = "insats_id"]
shares[total > 0, andel_procent := share(1000, belopp_ore, total, paste(insats_id, dimension), id) / 10]
shares[, `:=`(
  andel = fcase(total != 0, belopp_ore / total),
  avtalad_andel = fcase(
    !har_nyckel, NA_real_, avtalade == 1 & ar == antal, avtalad, total > 0, (belopp_ore - avvikelse_ore) / total
  ),
  timmar = fcase(med_timmar > 0, timmar)
)]
shares[har_nyckel == FALSE, avvikelse_ore := NA]

# Budget beside what was invoiced.
invoiced <- per_year[, .(
  utfall_ore = sum(ore), part_id = if (uniqueN(part_id, na.rm = TRUE) == 1) na.omit(part_id)[1] else NA_character_
), by = .(insats_id, ar, post = fcoalesce(kostnadsslag, ""))]
granted <- budget[, .(budget_ore = sum(belopp) * 100), by = .(insats_id, ar, post)]
outcome <- merge(granted, invoiced, by = c("insats_id", "ar", "post"), all = TRUE)
outcome[totals, on = .(insats_id, ar), utfall_ore := fcoalesce(utfall_ore, 0)]
outcome[, avvikelse_ore := utfall_ore - budget_ore]
outcome[budget_ore != 0, avvikelse_procent := avvikelse_ore * 100 / budget_ore]

results <- list(
  maluppfyllelse = goals,
  malsammanfattning = summary,
  kostnadsandel = shares[, .(
    insats_id, dimension, id, fran, till, belopp_ore, andel, andel_procent, avtalad_andel, avvikelse_ore, timmar
  )],
  budgetutfall = outcome,
  konsfordelning = persons[, .(
    insats_id, fran, till, kvinnor, man, okant, totalt = kanda + okant, andel_kvinnor = fcase(kanda > 0, kvinnor / kanda)
  )]
)
options(scipen = 99)
for (name in names(results)) fwrite(results[[name]], file.path(out, paste0(name, ".csv")))
