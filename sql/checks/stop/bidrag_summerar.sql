-- One row per förbund and year whose contributions, or what the law lays on the parties, do not sum as they should.
with parter as (
    select
        forbund_id,
        ar,
        sum(belopp_ore) as belopp_ore,
        sum(avvikelse_ore) as avvikelse_ore,
        sum(cast(andel_procent as decimal(18, 1))) as procent
    from results.bidragsandel
    where kommun = ''
    group by forbund_id, ar
),
kommuner as (
    select forbund_id, ar, sum(avvikelse_ore) as avvikelse_ore
    from results.bidragsandel
    where kommun <> '' and avvikelse_ore is not null
    group by forbund_id, ar
),
betalat as (
    select forbund_id, ar, sum(belopp_ore) as belopp_ore from marts.bidrag group by forbund_id, ar
)
select betalat.forbund_id, betalat.ar, betalat.belopp_ore as betalat_ore, parter.belopp_ore as parter_ore
from betalat
left join parter on parter.forbund_id = betalat.forbund_id and parter.ar = betalat.ar
left join kommuner on kommuner.forbund_id = betalat.forbund_id and kommuner.ar = betalat.ar
left join results.bidragsandel as kommunen
    on kommunen.forbund_id = betalat.forbund_id
    and kommunen.ar = betalat.ar
    and kommunen.huvudman = 'kommun'
    and kommunen.kommun = ''
where parter.belopp_ore is distinct from betalat.belopp_ore
    or parter.avvikelse_ore <> 0
    or parter.procent <> 100
    or kommuner.avvikelse_ore <> kommunen.avvikelse_ore
