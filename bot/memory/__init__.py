"""What is remembered, and under which name: questions, people, and which message answered which."""
