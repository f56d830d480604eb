-- One row per huvudman and period: the parts of a förbund's funds that the law lays on it, of the parts of all.
--
-- Finsamlagen (lag 2003:1210 om finansiell samordning av rehabiliteringsinsatser) 5 §: Försäkringskassan half, also for
-- Arbetsförmedlingen; the region, before 2019 the landsting, a quarter; the municipalities together a quarter. The law is
-- under revision: a new wording is new rows here from the day it applies, with an end date on those before.
-- key: huvudman, fran
-- null: till
select
    huvudman,
    cast(fran as date) as fran,
    cast(till as date) as till,
    cast(delar as bigint) as delar,
    kalla
from (values
    ('forsakringskassan', '2004-01-01', null, 2, 'Lag (2003:1210) 5 §'),
    ('region', '2004-01-01', null, 1, 'Lag (2003:1210) 5 §'),
    ('kommun', '2004-01-01', null, 1, 'Lag (2003:1210) 5 §')
) as regel(huvudman, fran, till, delar, kalla)
