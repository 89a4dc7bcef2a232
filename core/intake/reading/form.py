"""What the two application forms ask, and by which Italian and English headings it is known."""

from __future__ import annotations

from core.intake.reading.fields import Field, Kind
from core.people.rules import Side

SUBMITTED = Field(
    "submitted_at",
    Kind.MOMENT,
    exact=(
        "ora di completamento", "completion time", "informazioni cronologiche", "timestamp", "submitdate",
        "submitted at", "date submitted", "submission date", "recordeddate", "inviato il", "data",
        "data e ora", "data invio", "data domanda", "data compilazione",
    ),
    within=("data candidatura", "data di invio", "data e ora di invio", "data di compilazione",
            "submission time"),
)  # fmt: skip
EMAIL = Field(
    "email",
    Kind.MAIL,
    exact=(
        "email", "e mail", "mail", "email2", "posta elettronica", "nome utente", "username",
        "personal email", "email personale", "email istituzionale", "email address", "email di ateneo",
    ),
    within=("email", "e mail", "mail", "indirizzo email", "indirizzo e mail", "posta elettronica"),
    never=("mailing", "conferma", "ripeti", "confirm", "repeat", "relatore", "tutor", "emergenza",
            "emergency"),
    required=True,
)  # fmt: skip
FULL_NAME = Field(
    "full_name",
    Kind.NAME,
    exact=("nominativo", "nome cognome", "cognome nome", "name surname", "surname name", "nome completo"),
    within=(
        "nome e cognome", "cognome e nome", "full name", "name and surname", "surname and name",
        "first and last name", "first name and last name",
    ),
    never=("tutor", "relatore", "azienda", "company"),
    required=True,
)  # fmt: skip
FIRST_NAME = Field(
    "first_name",
    Kind.NAME,
    exact=("nome", "name", "first name", "firstname", "given name", "nome2", "name2", "il tuo nome"),
    required=True,
)
LAST_NAME = Field(
    "last_name",
    Kind.NAME,
    exact=("cognome", "surname", "last name", "lastname", "family name", "cognome2", "il tuo cognome"),
    required=True,
)
PHONE = Field(
    "phone",
    Kind.PHONE,
    exact=("tel", "cell", "mobile"),
    within=("telefono", "cellulare", "recapito telefonico", "numero di telefono", "phone", "mobile phone"),
    never=("emergen",),
)
LANGUAGES = Field(
    "languages",
    Kind.LANGUAGES,
    exact=("lingua", "language"),
    within=("lingue", "languages", "foreign languages"),
)
MODE = Field(
    "mode",
    Kind.MODE,
    exact=("modalita", "mode"),
    within=(
        "modalita di incontro", "modalita prefer", "modalita degli incontri", "preferisci incontrare",
        "preferisci incontrarti", "preferisci svolgere gli incontri", "meeting mode", "prefer to meet",
        "online o in presenza", "online or in person",
    ),
)  # fmt: skip
MOTIVATION = Field(
    "motivation",
    Kind.LONG_TEXT,
    within=(
        "motivazion", "motivation", "perche vuoi", "perche desideri", "perche ti candidi",
        "why do you want", "why would you like", "why are you applying",
    ),
)  # fmt: skip
CONSENT = Field(
    "consent",
    Kind.CONSENT,
    exact=("privacy", "priv", "consenso", "consent", "consenso privacy"),
    within=(
        "privacy", "informativa", "consenso", "acconsento", "consent", "trattamento dei dati",
        "processing of personal data", "processing of my", "gdpr",
    ),
    never=(
        "pubblica", "newsletter", "foto", "photo", "video", "publish", "publication", "immagin", "sito",
        "website",
    ),
    required=True,
)  # fmt: skip
SELF_ASSESSMENT = Field(
    "self_assessment",
    Kind.SCALE,
    within=("autovalutazione", "autoval", "self assessment", "self evaluation", "selfassessment"),
)

STUDENT_ID = Field(
    "student_id",
    Kind.IDENTIFIER,
    within=("matricola", "numero di matricola", "student id", "student number", "matriculation number"),
)
LEVEL = Field(
    "level",
    Kind.LEVEL,
    exact=("livello", "level"),
    within=(
        "tipo di corso", "tipo di laurea", "tipologia di corso", "livello di studi", "livello del corso",
        "degree level", "level of study", "type of course", "type of degree",
    ),
    never=("lingua", "inglese", "language", "english"),
)  # fmt: skip
COURSE = Field(
    "course",
    Kind.TEXT,
    exact=("corso", "course", "programme", "program"),
    within=(
        "corso di laurea", "corso di studi", "degree programme", "degree program", "degree course",
        "course of study", "study programme",
    ),
    never=("tipo", "livello", "classe", "level", "type", "class"),
)  # fmt: skip
CLASS_CODE = Field(
    "class_code",
    Kind.CLASS_CODE,
    exact=("classe",),
    within=("classe di laurea", "classe del corso", "degree class"),
)
MEAN_30 = Field(
    "mean_30",
    Kind.MEAN,
    exact=("media", "mean", "average", "gpa"),
    within=(
        "media ponderata", "media dei voti", "media voti", "media degli esami", "media esami",
        "weighted average",
        "weighted mean", "average mark", "average grade", "grade average", "grade point average",
    ),
    never=("voto di laurea", "final mark"),
    blocks=True,
)  # fmt: skip
FINAL_MARK = Field(
    "final_mark",
    Kind.FINAL_MARK,
    within=("voto di laurea", "voto finale", "final mark", "final grade", "degree mark", "graduation mark"),
    never=("media", "average", "mean"),
    blocks=True,
)
CFU = Field("cfu", Kind.CREDITS, exact=("crediti", "credits"), within=("cfu", "crediti", "credits", "ects"))
GRADUATION_DATE = Field(
    "graduation_date",
    Kind.MOMENT,
    within=(
        "data prevista di laurea", "data prevista laurea", "data di laurea", "data laurea",
        "laurea prevista",
        "graduation date", "expected graduation", "date of graduation", "expected date of graduation",
    ),
)  # fmt: skip
INTERESTS = Field(
    "sectors",
    Kind.CHOICES,
    exact=("settori", "sectors", "settore"),
    within=("settori", "settore", "sectors", "sector", "ambiti di interesse", "aree di interesse",
            "fields of interest"),
)  # fmt: skip
CV_URL = Field("cv_url", Kind.LINK, within=("cv", "curriculum", "allega il cv", "resume"))

COMPANY = Field(
    "company",
    Kind.TEXT,
    exact=("ente", "societa", "azienda ente"),
    within=("azienda", "nome dell azienda", "company", "organizzazione", "organisation", "organization",
            "employer"),
    never=("settore", "sector", "anni", "years", "dimension", "size"),
)  # fmt: skip
JOB_TITLE = Field(
    "job_title",
    Kind.TEXT,
    exact=("posizione", "position", "role", "professione", "profession", "occupation"),
    within=("ruolo", "job title", "posizione lavorativa", "posizione attuale", "current position",
            "current role",
            "qualifica"),
    never=("anni", "years"),
)  # fmt: skip
SECTOR = Field(
    "sector",
    Kind.CHOICE,
    within=("settore", "sector", "industry", "ambito professionale"),
    never=("settori", "sectors"),
)
SECTORS = Field("sectors", Kind.CHOICES, within=("settori", "sectors", "industries"))
YEARS_EXPERIENCE = Field(
    "years_experience",
    Kind.YEARS,
    exact=("esperienza", "experience"),
    within=(
        "anni di esperienza", "years of experience", "years of professional experience",
        "years of work experience",
        "anni di lavoro", "esperienza professionale", "professional experience",
    ),
    required=True,
)  # fmt: skip
DEGREE = Field(
    "degree",
    Kind.TEXT,
    within=("laurea", "corso di laurea", "degree", "titolo di studio"),
    never=("anno di", "anno laurea", "year", "voto", "mark", "livello", "level", "data", "date", "tipo"),
)
DEGREE_YEAR = Field(
    "degree_year",
    Kind.YEAR,
    within=("anno di laurea", "anno laurea", "anno di conseguimento", "year of graduation",
            "graduation year",
            "degree year", "year of degree"),
)  # fmt: skip
CAPACITY = Field(
    "capacity",
    Kind.CAPACITY,
    exact=("capacity", "capienza", "mentee", "mentees"),
    within=(
        "n mentee", "nr mentee", "quanti mentee", "numero mentee", "numero di mentee",
        "numero massimo di mentee",
        "how many mentees", "number of mentees", "max mentees", "quante persone",
    ),
)  # fmt: skip
LINKEDIN = Field("linkedin", Kind.LINKEDIN, within=("linkedin", "profilo linkedin", "linkedin profile"))
CITY = Field(
    "city",
    Kind.TEXT,
    exact=("sede", "location"),
    within=("citta", "city", "sede di lavoro", "place of work"),
    never=("nascita", "birth"),
)

MENTEE = (
    SUBMITTED, EMAIL, FULL_NAME, FIRST_NAME, LAST_NAME, STUDENT_ID, PHONE, LEVEL, COURSE, CLASS_CODE,
    MEAN_30,
    FINAL_MARK, CFU, GRADUATION_DATE, INTERESTS, LANGUAGES, MODE, MOTIVATION, CV_URL, CONSENT,
    SELF_ASSESSMENT,
)  # fmt: skip
MENTOR = (
    SUBMITTED, EMAIL, FULL_NAME, FIRST_NAME, LAST_NAME, PHONE, COMPANY, JOB_TITLE, SECTOR, SECTORS,
    YEARS_EXPERIENCE, DEGREE, DEGREE_YEAR, CAPACITY, LINKEDIN, LANGUAGES, MODE, CITY, MOTIVATION, CONSENT,
    SELF_ASSESSMENT,
)  # fmt: skip
FORMS: dict[Side, tuple[Field, ...]] = {Side.MENTEE: MENTEE, Side.MENTOR: MENTOR}
NAMES = frozenset({FULL_NAME.name, FIRST_NAME.name, LAST_NAME.name})

# What the office must not keep, asked for or not: addresses of machines, places, tax codes.
NEVER_KEPT = Field(
    "never_kept",
    Kind.TEXT,
    exact=("ip", "ipaddr", "ipaddress", "cf", "locationlatitude", "locationlongitude", "coordinate", "gps"),
    within=(
        "ip address", "indirizzo ip", "latitud", "longitud", "codice fiscale", "fiscal code", "tax code",
        "coordinate geo", "coordinate gps", "gps coord", "iban",
    ),
)  # fmt: skip
# What the form tools add on their own; nobody needs to be asked about it.
OF_THE_TOOL = Field(
    "of_the_tool",
    Kind.TEXT,
    exact=(
        "id", "ora di inizio", "start time", "last modified time", "ora ultima modifica", "lastpage",
        "last page",
        "startlanguage", "start language", "seed", "startdate", "datestamp", "date started",
        "date last action",
        "response id", "punteggio", "score",
    ),
)  # fmt: skip
