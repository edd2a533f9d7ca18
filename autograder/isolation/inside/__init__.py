"""What runs beside a submission: the template that forks, loading, and answering requests."""
