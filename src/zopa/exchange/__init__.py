"""Files of other tools and of people: read into a domain, and written from one."""
