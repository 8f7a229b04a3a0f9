//! The shell: sign-in, layout, generic list, page, form, the REST API, one place that turns an error into an answer.
