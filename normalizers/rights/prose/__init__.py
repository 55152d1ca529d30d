"""Third way of reading: prose without a licence name, by its clauses.

``clauses`` cuts a sentence, ``constructions`` combines neighbouring words, ``polarity`` gives each clause what it permits, forbids
or asks, and ``terms`` says which licences agree with all of it. The smaller modules each know one turn of speech.
"""
