"""The language notes are written in: Markdown, @person, due:DATE, marked lines, issue keys; and edits of its text."""
