"""What surveys does: publish, invite, take answers, record older feedback, and count."""
