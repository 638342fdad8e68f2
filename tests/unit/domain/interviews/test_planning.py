"""From job descriptions of many fields to plans, by rules."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.errors import Invalid
from vivavoce.domain.interviews.bank import bank
from vivavoce.domain.interviews.plan import Kind, Level, questions_of, to_json
from vivavoce.domain.interviews.planning import plan_of
from vivavoce.domain.interviews.skills import skills_in, taxonomy
from vivavoce.domain.interviews.words import words_of

ADVERTS = {path.stem: path.read_text() for path in sorted((Path(__file__).parent / "adverts").glob("*.txt"))}


def skills_of(text: str) -> list[str]:
    return [term.name for term in skills_in(words_of(text))]


# --- whole descriptions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("advert", "heading", "level", "domain", "skills"),
    [
        ("accountant", ("Accountant", "Brandt Maschinenbau"), "mid", "finance", {"Accounts payable", "Tax", "Excel"}),
        ("backend", ("Senior Backend Engineer", "Ferrous Cloud"), "senior", "software", {"Go", "PostgreSQL", "Kafka"}),
        ("chef", ("sous chef", ""), "mid", "hospitality", {"Food safety", "Kitchen management", "Allergen handling"}),
        ("datascientist", ("Data Science Intern", ""), "intern", "data", {"Python", "pandas", "R", "Machine learning"}),
        ("designer", ("Lead Product Designer", "Fieldnote"), "lead", "design", {"Figma", "User research"}),
        ("electrician", ("Electrician", ""), "mid", "engineering", {"Technical drawings", "Renewable energy"}),
        ("hr", ("People Partner", "Northwind Health"), "senior", "hr", {"Recruiting", "Employment law", "Onboarding"}),
        ("lawyer", ("Corporate Counsel", "Vantage Freight"), "senior", "legal", {"Contract law", "Data protection"}),
        ("marketing", ("Junior Digital Marketing Manager", ""), "junior", "marketing", {"SEO", "Email marketing"}),
        ("nurse", ("Registered Nurse", "St. Brigid's Hospital"), "mid", "health care", {"Intensive care", "CPR"}),
        (
            "operations",
            ("Head of Operations", "Kestrel Bikes"),
            "executive",
            "operations",
            {"Six Sigma", "Production planning"},
        ),
        ("sales", ("Account Executive, Mid-Market", "Lumen Analytics"), "mid", "sales", {"CRM", "Negotiation"}),
        ("support", ("Customer Support Agent", ""), "mid", "customer service", {"Live chat", "Call center"}),
        ("teacher", ("Primary School Teacher", "Oakfield"), "junior", "education", {"Teaching", "Lesson planning"}),
        ("warehouse", ("Warehouse Operative", ""), "junior", "operations", {"Forklift driving", "Health and safety"}),
        ("analyst", ("Data Analyst", "Pedalo"), "mid", "data", {"Statistics", "A/B testing", "KPI reporting", "dbt"}),
        ("backend_payments", ("Senior Backend Engineer", "Kestrel Pay"), "senior", "software", {"SQL", "Kafka"}),
        (
            *("electrician_site", ("Electrician", "Hartley M&E Services Ltd"), "mid", "engineering"),
            {"Wiring regulations", "Inspection and testing", "Fault finding", "Health and safety"},
        ),
        (
            *("nurse_ward", ("Registered Nurse", "St Margaret's Hospital"), "junior", "health care"),
            {"Medication administration", "Vital signs", "Infection control", "Palliative care"},
        ),
        (
            *("salesmanager", ("Regional Sales Manager, DACH", "Northlight Software GmbH"), "lead", "sales"),
            {"Quota attainment", "Negotiation", "Leadership", "German"},
        ),
        (
            *("teacher_year3", ("Primary School Teacher", "Oakfield Community Primary School"), "mid", "education"),
            {"Special educational needs", "Parent communication", "Assessment of learning"},
        ),
    ],
)
def test_a_description_gives_title_company_level_field_and_skills(
    advert: str, heading: tuple[str, str], level: str, domain: str, skills: set[str]
) -> None:
    plan = plan_of(ADVERTS[advert])
    assert ((plan.title, plan.company), plan.level, plan.domain) == (heading, level, domain)
    assert skills <= {skill.name for skill in plan.skills}


@pytest.mark.parametrize(
    ("advert", "silly"),
    [
        ("electrician_site", {"Warehouse operations", "Risk management"}),
        ("salesmanager", {"Warehouse operations"}),
        ("teacher_year3", {"English"}),
        ("analyst", {"Customer success"}),
    ],
)
def test_what_a_description_names_in_passing_is_no_skill(advert: str, silly: set[str]) -> None:
    assert not silly & {skill.name for skill in plan_of(ADVERTS[advert]).skills}


def test_nobody_but_a_driver_is_asked_about_driving() -> None:
    assert not any("riving" in question.text for question in plan_of(ADVERTS["electrician_site"]).questions)


@pytest.mark.parametrize("advert", ADVERTS)
def test_a_plan_has_six_to_eight_different_questions_from_opening_to_closing(advert: str) -> None:
    questions = plan_of(ADVERTS[advert]).questions
    kinds = [question.kind for question in questions]
    assert 6 <= len(questions) <= 8
    assert len({question.text for question in questions}) == len(questions)
    assert (kinds[0], kinds[-1]) == (Kind.OPENING, Kind.CLOSING)
    assert {Kind.BEHAVIOURAL, Kind.SKILL, Kind.SITUATIONAL} <= set(kinds)
    assert all(question.intent and "{" not in question.text for question in questions)


@pytest.mark.parametrize("advert", ADVERTS)
def test_the_questions_of_a_field_are_about_that_field(advert: str) -> None:
    plan = plan_of(ADVERTS[advert])
    tracks = {entry.id: entry.track for entry in bank()}
    assert next(tracks[one.id] for one in plan.questions if one.kind is Kind.SKILL) == plan.domain
    assert {tracks[one.id] for one in plan.questions} <= {"", plan.domain}


def test_the_same_description_brings_the_same_questions() -> None:
    assert plan_of(ADVERTS["nurse"]) == plan_of(ADVERTS["nurse"])


def test_weights_add_up_and_what_is_required_weighs_more_than_what_would_be_nice() -> None:
    plan = plan_of(ADVERTS["backend"])
    weights = {skill.name: skill.weight for skill in plan.skills}
    assert sum(weights.values()) == pytest.approx(1, abs=0.05)
    assert weights["Kubernetes"] > weights.get("Rust", 0)


def test_a_level_that_was_chosen_counts_whatever_the_description_says() -> None:
    assert plan_of(ADVERTS["backend"], Level.JUNIOR).level is Level.JUNIOR


def test_a_plan_survives_being_kept_as_json() -> None:
    plan = plan_of(ADVERTS["nurse"])
    assert questions_of(json.loads(json.dumps(to_json(plan)))) == plan.questions


@pytest.mark.parametrize(
    "text",
    [
        "",
        "asdf qwer",
        "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore et dolore",
        "The quick brown fox jumps over the lazy dog and then goes home to sleep by the fire until it is morning.",
        "Dear diary, today I went to the lake with my sister and we ate ice cream until the sun went down again.",
    ],
)
def test_what_is_no_job_description_gets_a_sentence_that_says_what_to_give(text: str) -> None:
    with pytest.raises(Invalid, match="PDF or DOCX"):
        plan_of(text)


@given(st.text(max_size=400))
def test_any_text_gives_a_plan_or_that_sentence(text: str) -> None:
    try:
        plan = plan_of(f"Nurse wanted. Experience in patient care. {text}")
    except Invalid:
        return
    assert 6 <= len(plan.questions) <= 8


# --- level ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("Marketing Intern", "intern"),
        ("Graduate Software Engineer", "junior"),
        ("Sr. Accountant", "senior"),
        ("Staff Software Engineer", "principal"),
        ("Staff Nurse", "mid"),
        ("Principal Data Scientist", "principal"),
        ("Tech Lead, Payments", "lead"),
        ("Lead Generation Specialist (sales)", "mid"),
        ("Senior Care Assistant", "junior"),
        ("VP of Sales", "executive"),
        ("Software Engineer. No experience required, we will train you", "junior"),
        ("Software Engineer\n- one year of experience", "junior"),
        ("Software Engineer\n- at least 3 years of experience", "mid"),
        ("Software Engineer\n- 5-8 years of experience in backend work", "senior"),
        ("Software Engineer\n- ten or more years of professional experience", "lead"),
        ("Software Engineer\nFor over 30 years we have built ships. You must be 18 years old.", "mid"),
        ("Software Engineer\nNice to have\n- 12 years of experience with COBOL", "mid"),
    ],
)
def test_the_level_is_read_from_title_words_and_years(line: str, level: str) -> None:
    described = f"{line}\nThe role: you will work in our team. Requirements: knowledge of SQL, communication skills."
    assert plan_of(described).level == level


# --- skills -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("experience with Go and Kubernetes", ["Go", "Kubernetes"]),
        ("Go, Rust or C++", ["Go", "Rust", "C++"]),
        ("Go the extra mile", []),
        ("go to market with us", ["Go-to-market"]),
        ("our go-to-market strategy", ["Go-to-market", "Strategic thinking"]),
        ("ready to go", []),
        ("golang services", ["Go"]),
        ("You excel at listening", []),
        ("Excel at what you do", []),
        ("very good Excel and SAP knowledge", ["Excel", "SAP"]),
        ("R, SPSS", ["R", "SPSS"]),
        ("R&D department", ["Product development"]),
        ("Spring Boot", ["Spring"]),
        ("in spring 2027", []),
        ("React and Node.js", ["React", "Node.js"]),
        ("you react quickly", []),
        ("JavaScript, not Java", ["JavaScript", "Java"]),
        ("C# / .NET", ["C#", ".NET"]),
        ("class C licence", []),
        ("REST APIs, CI/CD and A/B testing", ["REST API", "CI/CD", "A/B testing"]),
        ("deep-learning models", ["Deep learning"]),
        ("machine, learning", []),
        ("behaviour management and counselling", ["Classroom management", "Counseling"]),
        ("stakeholders", ["Stakeholder management"]),
    ],
)
def test_skills_are_found_as_words_and_not_in_everyday_words(text: str, names: list[str]) -> None:
    assert skills_of(text) == names


# --- the data ---------------------------------------------------------------------------------------


def test_the_taxonomy_has_at_least_400_terms_each_once() -> None:
    names = [term.name.lower() for term in taxonomy().terms]
    assert len(names) >= 400
    assert len(set(names)) == len(names)


def test_the_question_bank_has_at_least_250_questions_each_once() -> None:
    texts = [entry.text for entry in bank()]
    assert len(texts) >= 250
    assert len(set(texts)) == len(texts)
    assert len({entry.id for entry in bank()}) == len(texts)


def test_what_questions_are_about_is_in_the_taxonomy() -> None:
    known = {term.name for term in taxonomy().terms} | {term.category for term in taxonomy().terms}
    assert {name for entry in bank() for name in entry.about} <= known
    assert {entry.track for entry in bank()} <= {term.track for term in taxonomy().terms} | {""}


def test_each_field_of_work_has_titles_and_skills() -> None:
    assert taxonomy().tracks() <= {term.track for term in taxonomy().terms}
