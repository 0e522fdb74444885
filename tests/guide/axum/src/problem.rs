use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::models::Error;

/// Why a request got no answer.
#[derive(Debug)]
pub enum Problem {
    /// There are fewer places than guests.
    Full,
    Database(Error),
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

/// What the pool and transactions of your own report.
impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error.into())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, text) = match self {
            Self::Full => (StatusCode::CONFLICT, "no places are left".to_owned()),
            Self::Database(error) => match error {
                Error::NotFound { entity, .. } => {
                    (StatusCode::NOT_FOUND, format!("no such {entity}"))
                }
                Error::UniqueViolation { columns, .. } => (
                    StatusCode::CONFLICT,
                    format!("taken: {}", columns.join(", ")),
                ),
                Error::Stale { .. } | Error::Conflict { .. } => {
                    (StatusCode::CONFLICT, "changed by somebody else".to_owned())
                }
                Error::CheckViolation { .. } | Error::ForeignKeyViolation { .. } => (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "that is not possible".to_owned(),
                ),
                Error::Busy { .. } => (StatusCode::SERVICE_UNAVAILABLE, "try again".to_owned()),
                error => {
                    eprintln!("{error}"); // for us, not for the client
                    (StatusCode::INTERNAL_SERVER_ERROR, "our mistake".to_owned())
                }
            },
        };
        (status, Json(json!({ "error": text }))).into_response()
    }
}
