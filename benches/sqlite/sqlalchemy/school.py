"""The data and the sums, as benches/side has them."""

WIDE = (1 << 64) - 1


class Random:
    def __init__(self, seed):
        self.state = seed

    def place(self, below):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & WIDE
        return (self.state >> 32) % below

    def place_without(self, below, without):
        while True:
            place = self.place(below)
            if place not in without:
                return place


class School:
    def __init__(self, students, courses):
        self.students = [f"Student {n}" for n in range(1, students + 1)]
        self.courses = [f"Course {n}" for n in range(1, courses + 1)]
        self.taken = []
        self.spare = []
        random = Random(1)
        for _ in range(students):
            taken = []
            for _ in range(5):
                taken.append(random.place_without(courses, taken))
            self.spare.append(random.place_without(courses, taken))
            self.taken.append(taken)

    def some_students(self, count):
        random = Random(2)
        return [random.place(len(self.students)) for _ in range(count)]

    def lookups(self):
        return [key(place) for place in self.some_students(len(self.students))]

    def names(self):
        return [self.students[place] for place in self.some_students(len(self.students) // 10)]

    def some(self):
        return self.some_students(len(self.students) // 100)

    def changes(self):
        return [(place, self.spare[place]) for place in self.some_students(len(self.students) // 10)]


def key(place):
    return place + 1


class Sum:
    """FNV-1a."""

    def __init__(self):
        self.value = 0xCBF29CE484222325

    def bytes(self, bytes):
        value = self.value
        for byte in bytes:
            value = ((value ^ byte) * 0x100000001B3) & WIDE
        self.value = value

    def number(self, number):
        self.bytes(number.to_bytes(4, "little"))

    def row(self, id, text):
        self.number(id)
        self.bytes(text.encode())

    def by_key(self, rows):
        for id, text in sorted(rows):
            self.row(id, text)
