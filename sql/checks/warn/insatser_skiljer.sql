-- One row per förbund and year whose stated outcome for insatser differs from what its insatser invoiced it.
select
    ekonomi.kallrad,
    'utfall' as kolumn,
    ekonomi.forbund_id || ' ' || ekonomi.ar as varde,
    replace(cast(cast(sum(faktura.belopp_ore) * 0.01 as decimal(28, 2)) as varchar), '.', ',') || ' kr' as detalj
from staging.forbundsekonomi as ekonomi
inner join marts.faktura_ar as faktura on faktura.forbund_id = ekonomi.forbund_id and faktura.ar = ekonomi.ar
where ekonomi.slag = 'insatser' and ekonomi.utfall_ore is not null
group by ekonomi.kallrad, ekonomi.forbund_id, ekonomi.ar, ekonomi.utfall_ore
having sum(faktura.belopp_ore) <> ekonomi.utfall_ore
