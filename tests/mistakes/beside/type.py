class Stray(Base):
    __tablename__ = "strays"
    id: Mapped[int] = mapped_column(primary_key=True)
    note: Mapped[str] = mapped_column(Txet)
