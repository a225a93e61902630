"""Learning (学): plans, activities, who came, quizzes, warning cases, hours (二)."""
