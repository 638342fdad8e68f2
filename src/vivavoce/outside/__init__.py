"""What reaches beyond this process on people's behalf: web addresses, documents, mail, shops, sign-in elsewhere."""
