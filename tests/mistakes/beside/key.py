class Keyless(Base):
    __tablename__ = "keyless"
    note: Mapped[str]
