"""From a job description to the questions of an interview: rules over skills.toml and questions.toml. Pure."""
