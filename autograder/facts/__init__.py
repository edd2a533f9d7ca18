"""What is known of a submission, as plain frozen records: results, outcomes, kinds of mistakes."""
