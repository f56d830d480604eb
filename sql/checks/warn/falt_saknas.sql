-- One row per economic report that leaves a required field empty: the reason is required where its forecast deviates too far.
select
    rapport.kallrad,
    cast(null as varchar) as kolumn,
    rapport.fran || chr(8211) || rapport.till as varde,
    array_to_string(list_filter([
        case when rapport.beviljade_medel_ore is null then 'Beviljade medel' end,
        case when rapport.fakturerade_kostnader_ore is null then 'Fakturerade kostnader' end,
        case when rapport.prognos_ore is null then 'Prognos för året' end,
        case
            when rapport.anledning is null
                and abs(rapport.prognos_ore - rapport.beviljade_medel_ore) * 100 > grans.procent * abs(rapport.beviljade_medel_ore)
                then 'Anledning vid avvikelse'
        end
    ], lambda falt: falt is not null), ', ') as detalj
from staging.ekonomirapport as rapport
inner join marts.avvikelsegrans as grans on grans.insats_id = rapport.insats_id
where detalj <> ''
