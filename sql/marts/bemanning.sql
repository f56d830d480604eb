-- One row per staffing line that has a budget line, with its cost a month where the row gives one.
--
-- `kostnad` is the share's cost a month in 10^-16 öre, so that shares and factors multiply exactly. What is given for the
-- share itself comes before what is given for full time, and both before pay times factor: nearer to the budget's figure.
-- key: rad_id
-- null: till_alt, varav_omfattning, manadskostnad_ore, heltidskostnad_ore, manadslon_ore, po_faktor, kostnad, dokument, avsnitt
select
    bemanning.rowid as rad_id,
    bemanning.insats_id,
    part_id,
    stavning.post_id,
    roll,
    fran,
    till,
    till_alt,
    omfattning,
    varav_omfattning,
    manadskostnad_ore,
    heltidskostnad_ore,
    manadslon_ore,
    po_faktor,
    case
        when manadskostnad_ore is not null then cast(manadskostnad_ore as hugeint) * 10000000000000000
        when heltidskostnad_ore is not null then cast(heltidskostnad_ore as hugeint) * 1000000 * cast(omfattning * 10000000000 as hugeint)
        when manadslon_ore is not null and po_faktor is not null
            then cast(manadslon_ore as hugeint) * cast(po_faktor * 1000000 as hugeint) * cast(omfattning * 10000000000 as hugeint)
    end as kostnad,
    dokument,
    avsnitt,
    kallrad
from staging.bemanning as bemanning
inner join marts.stavning as stavning
    on stavning.insats_id = bemanning.insats_id
    and stavning.register = 'bemanning'
    and stavning.namn = bemanning.post
