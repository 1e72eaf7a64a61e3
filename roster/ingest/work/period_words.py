"""Words that stand with dates: now, since, until, to, seasons, months; in the languages met."""

from __future__ import annotations

from roster.ingest.wording.plain import plain

MORE_MONTHS: dict[str, dict[str, int]] = {
    "en": {"sept": 9, "jan": 1, "june": 6, "july": 7},
    "fr": {"janv": 1, "fevr": 2, "fev": 2, "avr": 4, "juil": 7, "sept": 9, "jun": 6, "jui": 7},
    "es": {"sept": 9, "set": 9, "setiembre": 9, "ene": 1, "dic": 12, "ago": 8},
    "pt": {"fev": 2, "abr": 4, "set": 9, "out": 10, "dez": 12, "ago": 8},
    "de": {"jan": 1, "feb": 2, "mrz": 3, "maerz": 3, "sept": 9, "okt": 10, "dez": 12},
    "it": {"genn": 1, "gen": 1, "sett": 9, "set": 9, "ott": 10, "dic": 12},
    "ro": {"ian": 1, "sept": 9, "iul": 7, "iun": 6, "mart": 3},
    "pl": {"sty": 1, "lut": 2, "kwi": 4, "cze": 6, "lip": 7, "sie": 8, "wrz": 9, "paz": 10},
    "nl": {"mrt": 3, "okt": 10, "maart": 3, "mei": 5},
    "el": {"ιαν": 1, "φεβ": 2, "μαρ": 3, "απρ": 4, "ιουν": 6, "ιουλ": 7, "σεπ": 9, "οκτ": 10},
    "ar": {
        "يناير": 1, "كانون الثاني": 1, "فبراير": 2, "شباط": 2, "مارس": 3, "اذار": 3, "ابريل": 4,
        "نيسان": 4, "مايو": 5, "ايار": 5, "يونيو": 6, "حزيران": 6, "يوليو": 7, "تموز": 7,
        "اغسطس": 8, "اب": 8, "سبتمبر": 9, "ايلول": 9, "اكتوبر": 10, "نوفمبر": 11, "ديسمبر": 12,
        "جانفي": 1, "فيفري": 2, "افريل": 4, "ماي": 5, "جوان": 6, "جويلية": 7, "اوت": 8,
        "يوليوز": 7, "غشت": 8, "شتنبر": 9, "نونبر": 11, "دجنبر": 12,
    },
}  # fmt: skip
"""Spellings that CLDR does not have, by language."""

WORDS_IN_ENGLISH = frozenset({"out", "set", "ago", "gen", "mart", "lip", "sie", "lut", "cze"})
"""Months of other languages that are words of English."""

NOW = plain(
    r"present(?:e)?(?: (?:day|time|data))?|the present|to date|current(?:ly)?|now|today|"
    r"ongoing|on-going|in progress|till (?:date|now)|still (?:ongoing|employed|working)|"
    r"to this day|up to (?:date|now)|"
    r"(?:a |à )?ce jour|jour|aujourd'hui|maintenant|en cours|actuel(?:le)?(?:ment)?|"
    r"a l'heure actuelle|encore en poste|"
    r"(?:la )?actualidad|(?:a |la )*fecha|actual(?:mente|idade)?|presente|hoy(?: en dia)?|en curso|"
    r"el momento(?: actual)?|vigente|"
    r"atual(?:mente|idade)?|(?:ao |o )?(?:presente|momento)|hoje|em curso|a data|"
    r"(?:dias|data) atua(?:is|l)|(?:a |la )?presente data|esta data|data presente|data odierna|"
    r"in corso|oggi|ad oggi|attuale|attualmente|tuttora|heute|jetzt|laufend|dato|"
    r"gegenwart(?:ig)?|andauernd|aktuell|derzeit|momentan|fortlaufend|"
    r"prezent|in prezent|actualmente|in curs|"
    r"obecnie|obecna|nadal|teraz|(?:chwili )?obecnej|dzis|"
    r"dosud|doposud|(?:sou|su)casnos(?:t|ti)|nyni|trva|doteraz|teraz|stale|"
    r"heden|nu|nog steeds|vandaag|lopend|idag|i dag|nuvarande|pagaende|nuværende|dags dato|"
    r"nåværende|d\.d\.|nykyhetki|nykyinen|jatkuu|yha|praegu|kaesolev|tänaseni|"
    r"pašlaik|šobrīd|šim brīdim|dabar|siuo metu|siol|"
    r"danes|se traja|sedaj|sada|danas|sadasnjost|trenutno|u tijeku|"
    r"jelenleg|napjainkig|mai napig|folyamatban|ma is|"
    r"σήμερα|παρόν|τώρα|(?:το )?σήμερα|"
    r"настоящее время|настоящего времени|н\.? ?в\.?|по сей день|сегодня|сейчас|текущее время|"
    r"(?:тепер|тепер)ішній час|теперішнього часу|дотепер|нині|зараз|сьогодні|"
    r"сега|момента|днес|настоящем|настоящия момент|данас|сада|садашњост|"
    r"halen|gunumuz|devam(?: ediyor| etmekte)?|bugun|"
    r"الآن|حتى الآن|(?:الوقت )?الحاضر|(?:الوقت )?الحالي|حاليا|اليوم|تاريخه|يومنا هذا"
)
"""What says that something goes on, as a regular expression over plain text."""

SINCE = plain(
    r"since|w\.? ?e\.? ?f\.?|with effect from|effective(?: from)?|as from|"
    r"depuis(?: le| l')?|desde(?: (?:el|o|a))?|seit(?: dem)?|dal(?:l')?|a partir d[eou]|din|"
    r"as of|ab|starting|a decorrere dal|od(?: roku| dnia| r\.)?|vanaf|sinds|sedan|siden|"
    r"incepand (?:cu|din)|alates|kops|nuo|alkaen|από(?: το)?|με έναρξη|с|со|з|від|от|од|منذ|"
    r"اعتبارا من|ابتداء من"
)
SINCE_AFTER = plain(
    r"(?:-?(?:to|t[oö]l|ota)|óta|alkaen|lähtien|m\. iki dabar|onwards?|yilindan beri)"
)
"""What follows a date from which on something goes on: "2019 onwards"."""
UNTIL = plain(
    r"until|till|up to|jusqu'(?:a|en|au)|hasta(?: el)?|ate(?: o)?|bis(?: zum)?|fino (?:a|al)|"
    r"do(?: roku)?|tot(?: en met)?|pana in|až do|kuni|līdz|iki|μέχρι|έως|до|по|حتى"
)
DASH = r"(?:-{1,3}|->|→|>|~|\.\.\.?|…|/)"
TO = plain(
    r"(?:to|till|until|up to|through|thru|and|a|à|au|jusqu'(?:a|en|au|a ce)|al|alla|a la|"
    r"hasta(?: el| la)?|ate(?: o| a| ao)?|ao|bis(?: zum| heute)?|fino (?:a|al|ad)|ad|"
    r"pana (?:in|la)|do(?: dnia| roku)?|tot(?: en met)?|t/m|til|till|og|asti|kuni|līdz|iki|"
    r"až(?: do)?|po|et le|y el|und|μέχρι(?: το)?|έως(?: το)?|ως|до|по|إلى|الى|حتى|"
    r"and still)"
)
SEASONS = plain(
    r"spring|summer|autumn|fall|winter|printemps|ete|automne|hiver|primavera|verano|otono|"
    r"invierno|verao|outono|inverno|fruhjahr|fruhling|sommer|herbst|estate|autunno|"
    r"sommersemester|wintersemester|ss|ws|lato|zima|wiosna|jesien|q[1-4]|[qt][1-4]|"
    r"(?:1st|2nd|first|second|1er|2e) (?:semester|semestre|half|quarter|trimestre)(?: of| de)?|"
    r"(?:early|late|mid|end of|beginning of|fin|debut|mi|principios de|finales de|mediados de|"
    r"anfang|mitte|ende|inizio|fine|inicio de|fim de|ca\.?|circa|about|vers|approx\.?)"
)
"""What may stand before a year and leaves it a year."""
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
"""Digits of Arabic and Persian texts → 0 to 9."""
